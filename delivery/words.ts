import { said, type Labels } from '../domain/labels.ts'

/** What a mail says beside its notice. `{name}` and `[…]` as in every template; `{process}` is what the type is called that it tells of. */

export const words = {
  /** Why the mail comes to somebody it was not meant for. */
  deputy: said(
    '{name}目前不在，由您代理，因此本通知发给您。',
    '{name}目前不在，由您代理，因此本通知寄給您。',
    '{name} is away and you stand in, so this comes to you.',
  ),
  climbedPerson: said(
    '本通知原发给{name}，目前无法送达，因此转给您，请安排跟进。',
    '本通知原寄給{name}，目前無法送達，因此轉給您，請安排跟進。',
    'This was meant for {name}, who cannot be reached at present; please see that it is looked after.',
  ),
  climbedTeam: said(
    '本通知原发给{team}[的{role}]，目前无人可以送达，因此转给您，请安排跟进。',
    '本通知原寄給{team}[的{role}]，目前無人可以送達，因此轉給您，請安排跟進。',
    'This was meant for [the {role} of ]{team}, where nobody can be reached at present; please see that it is looked after.',
  ),
  /** The customer is to be told by a colleague. */
  relaySubject: said('【电话转告】{subject}', '【電話轉告】{subject}', 'To be told by phone: {subject}'),
  relay: said(
    '客户{customer}没有留下邮箱，请您致电[（{phone}，完整号码请在{place}中查看）]转告以下内容，并在{process}中记录：',
    '客戶{customer}沒有留下電子郵件，請您致電[（{phone}，完整號碼請在{place}中查看）]轉告以下內容，並在{process}中記錄：',
    '{customer} left no e-mail address. Please tell them the following by phone[ ({phone}; {place} reveals the full number)] and record it on the {process}:',
  ),
  /** Where the full number is to be seen, unless it is on another process, which its number names. */
  here: said('{process}', '{process}', 'the {process}'),
  /** There is no phone either. */
  relayAnotherWay: said('【另行转告】{subject}', '【另行轉告】{subject}', 'To be told another way: {subject}'),
  /** Mail to the customer's address comes back. */
  relayUndelivered: said(
    '发给客户{customer}的邮件无法送达，请您通过其他方式[（电话 {phone}，完整号码请在{place}中查看）]转告以下内容，并在{process}中记录。请同时核对客户的邮箱，如有错误请更正：',
    '寄給客戶{customer}的郵件無法送達，請您以其他方式[（電話 {phone}，完整號碼請在{place}中查看）]轉告以下內容，並在{process}中記錄。請一併核對客戶的電子郵件，如有錯誤請更正：',
    'Mail to {customer} cannot be delivered. Please tell them the following another way[ (phone {phone}; {place} reveals the full number)] and record it on the {process}. Please also check their e-mail address, and correct it if it is wrong:',
  ),
  /** A department of which nobody is known here is to hear of it from the reader. */
  passOn: said(
    '系统中没有登记{department}的人员，{contact}尚未收到通知。请您转告以下内容：',
    '系統中沒有登記{department}的人員，{contact}尚未收到通知。請您轉告以下內容：',
    'Nobody of {department} is registered here, so {contact} has not been told. Please pass on the following:',
  ),
  /** Many notices in one mail: its subject, its beginning, and the heading of what has one priority. */
  digestSubject: said(
    '【通知汇总】{count} 条通知，涉及 {processes}',
    '【通知彙整】{count} 則通知，涉及 {processes}',
    'Digest: {count} notices on {processes}',
  ),
  digest: said(
    '{names}，您好！近期您的通知较多，现合并为一封邮件发送[，{awaited}在最前][，紧急{urgent}在前]。每条通知的全文可在系统中查看。',
    '{names}，您好！近期您的通知較多，現合併為一封郵件寄送[，{awaited}列在最前][，緊急{urgent}列在前面]。各則通知的全文可在系統中查看。',
    'Hello {names}, there are many notices for you at the moment, so they come in one mail[, {awaited} first][, the most urgent {urgent} first]. You can read each notice in full in the system.',
  ),
  digestAwaited: said('待您签署或决定（{count} 条）', '待您簽署或決定（{count} 則）', 'To be signed or decided by you ({count})'),
  awaitedFirst: said('待您签署或决定的', '待您簽署或決定的', 'those to be signed or decided by you'),
  digestPart: said('{priority}（{count} 条）', '{priority}（{count} 則）', '{priority} ({count})'),
  /** Of those that know no priority. */
  digestRest: said('其他（{count} 条）', '其他（{count} 則）', 'Other ({count})'),
  digestFooter: said('本邮件由系统自动发出', '本郵件由系統自動寄出', 'This mail was sent automatically'),
  footer: said(
    '{process}编号：{number} · 本邮件由系统自动发出',
    '{process}編號：{number} · 本郵件由系統自動寄出',
    '{process} {number} · This mail was sent automatically',
  ),
  /** Under what a customer reads: who writes, and how to reach them. */
  signed: said('{signature}\n{process}编号：{number}', '{signature}\n{process}編號：{number}', '{signature}\n{process} {number}'),
  signature: said(
    '{name}[ · 热线 {hotline}][（{hours}）] · {reply}',
    '{name}[ · 服務專線 {hotline}][（{hours}）] · {reply}',
    '{name}[ · Phone {hotline}][ ({hours})] · {reply}',
  ),
  replies: said('可直接回复本邮件', '可直接回覆本郵件', 'You can reply to this mail'),
  noReplies: said(
    '本邮件由系统自动发出，请勿直接回复',
    '本郵件由系統自動寄出，請勿直接回覆',
    'This mail was sent automatically; please do not reply to it',
  ),
} as const satisfies Readonly<Record<string, Labels>>
