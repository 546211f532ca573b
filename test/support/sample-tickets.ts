/** What customers write about, with the place of its type among those of the sample reports. */
export const sampleTickets: readonly { readonly title: string; readonly type: number }[] = [
  { title: '升级到 4.2 之后无法登录，提示“密码错误”', type: 0 },
  { title: '月末报表导出一直转圈，财务等着结账', type: 0 },
  { title: '想知道怎样批量导入客户资料', type: 1 },
  { title: '3 楼打印机卡纸后不再响应', type: 2 },
  { title: 'ERP 接口自昨晚起返回 502，订单无法同步到仓库', type: 0 },
  { title: '新买的笔记本装不上客户端（Windows 11 24H2）', type: 3 },
  { title: '短信验证码收不到，只有联通号码这样', type: 0 },
  { title: '交换机端口灯不亮，整个二层办公区断网', type: 2 },
  { title: '如何给外包人员开只读权限？', type: 1 },
  { title: 'Safari 里表单提交后空白', type: 3 },
  { title: '合同扫描件上传失败，文件只有 3 MB', type: 0 },
]
