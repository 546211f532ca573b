import type { Book } from './case.ts'

/** What a service desk finds out, by kind of cause of the profile `standard-ticket`. */
export const standardFindings: Book['findings'] = {
  'product-defect': [
    {
      direct: '{about}的密封件出厂不良',
      underlying: '该批次来料检验漏检',
      solution: '免费更换新机，通知仓库隔离同批次',
      plan: 'replacement',
    },
    { direct: '{about}主板虚焊', underlying: '产线抽检比例偏低', solution: '上门更换主板，试机正常', plan: 'repair' },
  ],
  'software-defect': [
    {
      direct: '{about}在弱网下重复提交',
      underlying: '没有做重复提交的判断',
      solution: '更正数据并退回多扣金额，{about}已发布修复',
      plan: 'repair',
    },
    {
      direct: '{about}的缓存没有更新',
      underlying: '发布后未清理缓存',
      solution: '清理缓存，{about}恢复正常，纳入发布步骤',
      plan: 'setting',
    },
  ],
  wear: [{ direct: '{about}的易损件到寿命', underlying: '客户没有按期保养', solution: '更换易损件，告知保养周期', plan: 'repair' }],
  damage: [
    { direct: '{about}在运输中受到撞击', underlying: '外箱缓冲不足', solution: '换货并补偿，改用加厚缓冲包装', plan: 'replacement' },
  ],
  'wrong-setting': [
    { direct: '{about}设置不当', underlying: '初次安装时未核对', solution: '重新设置{about}，客户试用正常', plan: 'setting' },
  ],
  'handling-mistake': [
    { direct: '客户操作时漏了一步', underlying: '页面没有提示', solution: '电话指导客户完成操作，{about}正常', plan: 'explanation' },
  ],
  'unclear-information': [
    {
      direct: '页面对{about}的说明不清楚',
      underlying: '规则更新后页面未改',
      solution: '向客户解释{about}的规则，已提交页面修改',
      plan: 'explanation',
    },
    {
      direct: '客户没有找到{about}的说明',
      underlying: '帮助中心搜索不到',
      solution: '发送{about}的图文说明，客户表示清楚',
      plan: 'explanation',
    },
  ],
  'staff-mistake': [
    { direct: '经办人漏记了客户的要求', underlying: '交接没有核对清单', solution: '致歉并给予补偿，对经办人辅导', plan: 'compensation' },
  ],
  'slow-process': [
    {
      direct: '客户的请求在内部复核环节停留过久',
      underlying: '复核只有一人，请假无人接替',
      solution: '当天完成处理并致歉，复核改为双人',
      plan: 'compensation',
    },
    {
      direct: '客户的请求在两个部门之间往返',
      underlying: '责任划分不清',
      solution: '指定一个部门负责到底，已给客户结果',
      plan: 'compensation',
    },
  ],
  carrier: [
    { direct: '承运商分拣延误', underlying: '大促期间运力不足', solution: '协调承运商当日派送并减免运费', plan: 'compensation' },
    { direct: '承运商错投到邻近网点', underlying: '面单地址被遮挡', solution: '改派送达客户，向承运商提出索赔', plan: 'compensation' },
  ],
  outage: [
    {
      direct: '{about}的数据库主节点故障',
      underlying: '切换没有演练过',
      solution: '切换到备用节点，{about}恢复，补处理失败订单',
      plan: 'repair',
    },
  ],
  supplier: [
    { direct: '供应商线路检修未通知', underlying: '合同没有写明通知时限', solution: '供应商恢复线路，已要求提前通知', plan: 'repair' },
  ],
  'missing-function': [
    {
      direct: '目前不支持{about}',
      underlying: '需求未列入计划',
      solution: '已登记需求并列入下季度评估，答复客户',
      plan: 'improvement',
    },
  ],
}
