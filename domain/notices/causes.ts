import { said, type Labels } from '../labels.ts'

/** Why a notice was given up or went another way than it was meant to, and what would help. */
export const noticeCauses = {
  'unknown-kind': said(
    '不认识这种通知，可能来自更新的版本；请先升级',
    '不認識這種通知，可能來自較新的版本；請先升級',
    'this kind of notice is not known here; it may come from a newer version: upgrade first',
  ),
  'no-template': said(
    '所用的流程版本没有这种通知的模板',
    '所用的流程版本沒有這種通知的範本',
    'the profile version by which it runs has no template for this kind',
  ),
  // Of any type: rows of 0.1.0 have the name, and clients decide by it (docs/api-clients.md).
  'no-ticket': said('没有这个编号', '沒有這個編號', 'nothing has the number that it tells of'),
  'contact-sealed': said(
    '客户的联系方式无法解密；请检查 BIHUAN_KEY 是否保留了旧密钥',
    '客戶的聯絡方式無法解密；請檢查 BIHUAN_KEY 是否保留了舊金鑰',
    "the customer's contact does not open; see whether BIHUAN_KEY still holds the old key",
  ),
  nobody: said(
    '没有任何人可以送达，管理员也没有邮箱；请为人员填写邮箱',
    '沒有任何人可以送達，管理員也沒有電子郵件；請為人員填寫電子郵件',
    'nobody can be reached, not even an administrator; give people e-mail addresses',
  ),
  'no-address': said(
    '客户没有留下邮箱，由同事转告',
    '客戶沒有留下電子郵件，由同事轉告',
    'the customer left no e-mail address; a colleague was asked to tell them',
  ),
  refused: said(
    '邮件服务器拒收；请核对收件地址',
    '郵件伺服器拒收；請核對收件地址',
    'the mail server refused it for good; check the address',
  ),
  overtaken: said(
    '发出之前情况已变，不再需要；没有发送',
    '寄出之前情況已變，不再需要；沒有寄出',
    'by the time it could go out it was no longer so; it was not sent',
  ),
  silenced: said('本流程不发送这种通知', '本流程不寄送這種通知', 'the profile does without this kind of notice'),
  'gave-up': said('三天内多次尝试仍未送出', '三天內多次嘗試仍未送出', 'it could not be sent for three days, tried again and again'),
  broken: said(
    '生成内容时出错，请把错误信息告诉管理员',
    '產生內容時出錯，請把錯誤訊息告訴管理員',
    'it could not be put together; tell the administrator the error',
  ),
} as const satisfies Readonly<Record<string, Labels>>

export type NoticeCause = keyof typeof noticeCauses

/** Why a notice went another way than it was meant to, or goes nowhere. Rows say nothing where there was no address to begin with. */
export function causeOf({ cause, channel }: { readonly cause: NoticeCause | null; readonly channel: string | null }): NoticeCause | null {
  return cause ?? (channel === 'relay' ? 'no-address' : null)
}
