import type { Book } from './case.ts'

/** What technical support finds out, by kind of cause of the profile `tech-support`. */
export const techFindings: Book['findings'] = {
  'code-defect': [
    {
      direct: '{about}在并发提交时未加锁',
      underlying: '评审清单没有并发场景，测试用例未覆盖',
      solution: '修复{about}的并发判断并补充回归用例，已发布补丁',
      plan: 'code-fix',
    },
    {
      direct: '{about}对空值没有处理',
      underlying: '接口约定里没有写明该字段可为空',
      solution: '{about}增加空值处理，修正约定文档，客户环境验证通过',
      plan: 'code-fix',
    },
  ],
  misconfiguration: [
    {
      direct: '{about}的配置项在上次变更时被覆盖',
      underlying: '变更单没有列出受影响的配置',
      solution: '恢复{about}的配置并重启服务，加入变更检查表',
      plan: 'configuration',
    },
    {
      direct: '{about}指向了旧地址',
      underlying: '迁移清单遗漏此项',
      solution: '把{about}改到新地址，核对其余站点配置一致',
      plan: 'configuration',
    },
  ],
  'bad-data': [
    {
      direct: '{about}关联的主数据重复',
      underlying: '导入时没有查重',
      solution: '合并重复的主数据，重算{about}，并在导入时增加查重',
      plan: 'data-repair',
    },
    {
      direct: '{about}的历史记录缺少归属部门',
      underlying: '组织调整时未同步更新',
      solution: '补齐归属部门，{about}恢复正常',
      plan: 'data-repair',
    },
  ],
  'version-mismatch': [
    {
      direct: '{about}的组件版本与主程序不一致',
      underlying: '升级步骤没有写明先后',
      solution: '统一升级{about}的组件版本，修订升级说明',
      plan: 'upgrade',
    },
  ],
  capacity: [
    {
      direct: '{about}的连接数在高峰期用尽',
      underlying: '容量评估未计入新增门店',
      solution: '扩容并调整{about}的连接池，增加容量监控',
      plan: 'configuration',
    },
    {
      direct: '{about}全表扫描占满磁盘读写',
      underlying: '数据量增长后缺少索引',
      solution: '为{about}补建索引，改为夜间预先汇总',
      plan: 'code-fix',
    },
  ],
  environment: [
    {
      direct: '客户更换安全软件后拦截了{about}',
      underlying: '对运行环境的要求没有告知客户',
      solution: '在安全软件中放行{about}，并把要求写入交付文档',
      plan: 'workaround',
    },
  ],
  'network-outage': [
    {
      direct: '运营商线路抖动导致{about}中断',
      underlying: '没有备用线路',
      solution: '切换到备用线路，{about}恢复；已向运营商报修',
      plan: 'workaround',
    },
  ],
  'third-party': [
    {
      direct: '第三方服务升级，{about}的请求被拒绝',
      underlying: '没有订阅对方的变更公告',
      solution: '按对方新规则调整{about}，并订阅变更公告',
      plan: 'configuration',
    },
    {
      direct: '第三方平台故障，{about}超时',
      underlying: '没有降级方案',
      solution: '对方恢复后补发积压数据，为{about}增加重试',
      plan: 'workaround',
    },
  ],
  'component-failure': [
    {
      direct: '{about}的电源模块损坏',
      underlying: '超过使用年限未更换',
      solution: '更换{about}的电源模块，运行 24 小时正常',
      plan: 'replacement',
    },
    {
      direct: '{about}的传感部件老化',
      underlying: '没有列入定期保养',
      solution: '更换部件并校准{about}，列入季度保养',
      plan: 'replacement',
    },
  ],
  'expired-credential': [
    {
      direct: '{about}使用的证书到期',
      underlying: '到期日没有登记提醒',
      solution: '更新{about}的证书并登记到期提醒',
      plan: 'configuration',
    },
  ],
  'missing-permission': [
    { direct: '该岗位没有{about}', underlying: '入职开通清单遗漏', solution: '按岗位模板开通{about}，修订入职清单', plan: 'configuration' },
  ],
  misuse: [
    {
      direct: '操作时选错了{about}的选项',
      underlying: '界面提示不够明显',
      solution: '远程指导客户重新操作，{about}恢复正常',
      plan: 'guidance',
    },
  ],
  'unclear-guidance': [
    {
      direct: '手册里没有{about}的说明',
      underlying: '新版本发布时手册未更新',
      solution: '电话说明{about}的操作步骤，并补充到手册',
      plan: 'guidance',
    },
  ],
}
