import { said } from '../../domain/labels.ts'

/** What things are called in the sample reports. */

export const types = [
  said('软件功能异常', '軟體功能異常', 'Software fault'),
  said('操作疑问', '操作疑問', 'Usage question'),
  said('硬件故障', '硬體故障', 'Hardware fault'),
  said('兼容性问题', '相容性問題', 'Compatibility problem'),
  said('其他', '其他', 'Other'),
]
export const modules = [
  said('登录与权限', '登入與權限', 'Sign-in and permissions'),
  said('数据与报表', '資料與報表', 'Data and reports'),
  said('接口与集成', '介面與整合', 'Interfaces and integration'),
  said('消息与通知', '訊息與通知', 'Messages and notifications'),
  said('客户端与浏览器', '用戶端與瀏覽器', 'Client and browser'),
  said('安装与升级', '安裝與升級', 'Installation and upgrade'),
  said('打印与外设', '列印與週邊', 'Printing and peripherals'),
]
export const causes = [
  said('配置不当', '設定不當', 'Misconfiguration'),
  said('代码缺陷', '程式缺陷', 'Defect in the code'),
  said('操作不当', '操作不當', 'Mistake in use'),
  said('第三方服务中断', '第三方服務中斷', 'Third-party outage'),
  said('权限未开通', '權限未開通', 'Permission not granted'),
  said('证书、授权或密码到期', '憑證、授權或密碼到期', 'Expired certificate or licence'),
  said('版本不兼容', '版本不相容', 'Version mismatch'),
  said('网络中断或不稳', '網路中斷或不穩', 'Network outage'),
  said('部件损坏或老化', '零件損壞或老化', 'Worn or broken component'),
  said('说明文档不清', '說明文件不清', 'Unclear documentation'),
  said('资源或容量不足', '資源或容量不足', 'Lack of capacity'),
  said('数据不一致', '資料不一致', 'Inconsistent data'),
  said('运行环境变化', '執行環境變動', 'Change in the environment'),
]
export const teams = [
  said('技术支持部', '技術支援部', 'Technical support'),
  said('研发中心', '研發中心', 'Research and development'),
  said('账号管理部', '帳號管理部', 'Account management'),
  said('客户服务部', '客戶服務部', 'Customer service'),
  said('法务部', '法務部', 'Legal'),
]

export const clocks = {
  'first-response': said('首次响应', '首次回應', 'First response'),
  start: said('启动处理', '啟動處理', 'Start of work'),
  'review-meeting': said('紧急评审', '緊急評審', 'Emergency review'),
  progress: said('进度更新', '進度更新', 'Progress update'),
  resolution: said('解决闭环', '解決閉環', 'Resolution'),
}

export const priorities = [said('紧急', '緊急', 'Urgent'), said('高', '高', 'High'), said('中', '中', 'Medium'), said('低', '低', 'Low')]

export const lists = {
  overdue: said('已超时、尚未完成', '已逾時、尚未完成', 'Overdue and not done'),
  unclaimed: said('待认领工单', '待認領工單', 'Unclaimed tickets'),
  'due-soon': said('下一个工作日中午前到期', '下一個工作日中午前到期', 'Due by the end of the next working morning'),
  breaches: said('超时最严重的工单', '逾時最嚴重的工單', 'The worst breaches'),
}

export const keyHeading = said('主要指标', '主要指標', 'Key figures')
