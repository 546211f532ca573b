import { said, type Labels, type Locale } from '../labels.ts'
import type { Profile } from '../profile/schema.ts'
import { fill } from '../template.ts'
import type { NoticeSubject } from './subject-values.ts'

/**
 * How a customer answers: no notice asks something of them without saying so. By what the profile's signature offers; where it offers
 * nothing, in the way in which they first came, which is there for every ticket.
 */
export function wayToAnswer(
  { channel }: Pick<NoticeSubject, 'channel'>,
  { signature, channels }: Pick<Profile, 'signature' | 'channels'>,
  { language, byMail }: { readonly language: Locale; readonly byMail: boolean },
): string {
  const { hotline, hours, replies } = signature ?? {}
  const offered = [
    // What is read out on the phone cannot be replied to.
    ...(byMail && replies === true ? [words.reply[language]] : []),
    ...(hotline === undefined ? [] : [fill(words.call[language], { hotline, hours: hours?.[language] })]),
  ]
  if (offered.length > 0) return offered.join(words.or[language])
  return fill(words.channel[language], { channel: channels.find(({ id }) => id === channel)?.label[language] })
}

const words = {
  reply: said('直接回复本邮件', '直接回覆本郵件', 'by replying to this mail'),
  call: said('致电 {hotline}[（{hours}）]', '撥打 {hotline}[（{hours}）]', 'by calling {hotline}[ ({hours})]'),
  or: said('或', '或', ' or '),
  channel: said(
    '通过您原来使用的渠道[（{channel}）]',
    '透過您原來使用的管道[（{channel}）]',
    'through the channel you first used[ ({channel})]',
  ),
} as const satisfies Readonly<Record<string, Labels>>
