import { said, type Locale } from '../domain/labels.ts'
import type { Refusal } from './client.ts'

/** A refusal as a command line tells it: its detail says again what stands with each field. `pathText`: how a field is called there. */
export function refusalText({ type = '', detail, errors }: Refusal, locale: Locale, pathText = (path: string) => path): string {
  if (errors.length > 0) return errors.map(({ path, message }) => `${pathText(path)}: ${message}`).join('\n')
  return type.endsWith('/wrong-role') ? `${detail}\n${otherRights[locale]}` : detail
}

const otherRights = said(
  '可用 --token 或环境变量 BIHUAN_TOKEN 指定以谁的权限操作。',
  '可用 --token 或環境變數 BIHUAN_TOKEN 指定以誰的權限操作。',
  'Say with --token, or BIHUAN_TOKEN, whose rights to use.',
)
