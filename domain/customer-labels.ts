import { said } from './labels.ts'

/**
 * Characters of a part of a customer, wherever it is asked for: longer than any real name or address, shorter than abuse; an e-mail
 * address has at most 254.
 */
export const longestContact = 254

/** Characters of what another system calls a customer. */
export const longestExternalId = 120

/** What the parts of a customer are called on a form, wherever they are asked for. Beside `customer.ts`, which workflows must not import. */
export const customerLabels = {
  customer: said('客户信息', '客戶資訊', 'Customer'),
  name: said('联系人', '聯絡人', 'Contact person'),
  company: said('公司名称', '公司名稱', 'Company'),
  account: said('客户账号', '客戶帳號', 'Account'),
  phone: said('联系电话', '聯絡電話', 'Phone'),
  externalId: said('外部系统编号', '外部系統編號', 'Id elsewhere'),
  internal: said('内部员工', '內部員工', 'Employee'),
  email: said('电子邮箱', '電子信箱', 'E-mail address'),
} as const
