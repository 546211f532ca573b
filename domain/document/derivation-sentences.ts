import { said, type Labels } from '../labels.ts'

/** The sentences about a document that extends another; see `sentences.ts`. */
export const derivationSentences = {
  inherited: said(
    '（继承自 {nearest}：请自行填写“{at}”，或把它写进 remove）',
    '（繼承自 {nearest}：請自行填寫「{at}」，或把它寫進 remove）',
    ' (inherited from {nearest}: write "{at}" here, or put it under remove)',
  ),
  reference: said(
    '“{given}”不是基础配置的写法；请写标识，或标识加版本，例如 base 或 base@1',
    '「{given}」不是基礎設定的寫法；請寫識別碼，或識別碼加版本，例如 base 或 base@1',
    '"{given}" names no base; write its id, or its id and a version, such as base or base@1',
  ),
  'unknown-base': said(
    '没有“{given}”可供继承；请写以下之一：{known}',
    '沒有「{given}」可供繼承；請寫以下之一：{known}',
    'there is no "{given}" to extend; write one of {known}',
  ),
  'unknown-base-near': said(
    '没有“{given}”可供继承，是否应为“{nearest}”？现有：{known}',
    '沒有「{given}」可供繼承，是否應為「{nearest}」？現有：{known}',
    'there is no "{given}" to extend, perhaps "{nearest}"; write one of {known}',
  ),
  'no-base-at-all': said(
    '没有任何可供继承的配置；请先安装“{given}”，或删去 extends 并写出全部内容',
    '沒有任何可供繼承的設定；請先安裝「{given}」，或刪去 extends 並寫出全部內容',
    'there is nothing to extend here; install "{given}" first, or leave extends out and write the whole profile',
  ),
  'unknown-base-version': said(
    '“{nearest}”没有版本 {given}；请写以下之一：{known}',
    '「{nearest}」沒有版本 {given}；請寫以下之一：{known}',
    '"{nearest}" has no version {given}; write one of {known}',
  ),
  'base-of-itself': said(
    '配置不能继承自身；请给它另一个标识，或继承另一份配置',
    '設定不能繼承自己；請給它另一個識別碼，或繼承另一份設定',
    'a profile cannot extend itself; give it an id of its own, or extend another one',
  ),
  'base-circle': said(
    '继承关系绕成一圈（{given}）；请在其中一份里删去 extends',
    '繼承關係繞成一圈（{given}）；請在其中一份裡刪去 extends',
    'extends in a circle ({given}); leave extends out of one of them',
  ),
  'too-many-bases': said(
    '继承超过 {limit} 层；请直接继承较低层的配置',
    '繼承超過 {limit} 層；請直接繼承較低層的設定',
    'extends more than {limit} others in a row; extend one that is further down',
  ),
  'base-faulty': said(
    '“{given}”自身有误，无法继承；请先用 bihuan profile check 检查并改正它',
    '「{given}」本身有誤，無法繼承；請先用 bihuan profile check 檢查並改正它',
    '"{given}" is faulty itself; check it with bihuan profile check and mend it first',
  ),
  'base-retired': said(
    '“{given}”已停用，不能再被继承；请继承另一份配置，或重新安装“{given}”',
    '「{given}」已停用，不能再被繼承；請繼承另一份設定，或重新安裝「{given}」',
    '"{given}" is retired, and nothing new extends it; extend another one, or install "{given}" again',
  ),
  'remove-alone': said(
    '没有 extends 就没有可去掉的内容；请补上 extends，或删去 remove',
    '沒有 extends 就沒有可去掉的內容；請補上 extends，或刪去 remove',
    'without extends there is nothing to take away; add extends, or leave remove out',
  ),
  'remove-nothing': said(
    '{nearest} 中没有“{given}”；这里可以写：{known}',
    '{nearest} 中沒有「{given}」；這裡可以寫：{known}',
    'there is no "{given}" in {nearest}; there is {known}',
  ),
  'remove-nothing-near': said(
    '{nearest} 中没有“{given}”，是否应为“{expected}”？',
    '{nearest} 中沒有「{given}」，是否應為「{expected}」？',
    'there is no "{given}" in {nearest}; write "{expected}"',
  ),
  'remove-nothing-inside': said(
    '{nearest} 的“{at}”没有可单独去掉的部分；请去掉“{at}”，或在此自行填写',
    '{nearest} 的「{at}」沒有可單獨去掉的部分；請去掉「{at}」，或在此自行填寫',
    '"{at}" of {nearest} has no parts to take away; take "{at}" away, or write your own here',
  ),
  'removed-and-given': said(
    '“{given}”既被去掉又被填写；要修改就从 remove 中删去，要换成另一项就换一个标识',
    '「{given}」既被去掉又被填寫；要修改就從 remove 中刪去，要換成另一項就換一個識別碼',
    '"{given}" is taken away and given; to change it take it out of remove, to put another in its place give that another id',
  ),
  'id-of-profile': said(
    '“{given}”已是流程配置的标识；请给模板另一个标识',
    '「{given}」已是流程配置的識別碼；請給範本另一個識別碼',
    '"{given}" is the id of a profile; give the template another one',
  ),
  'id-of-template': said(
    '“{given}”已是模板的标识；请另取标识，并用 extends: {given} 继承它',
    '「{given}」已是範本的識別碼；請另取識別碼，並用 extends: {given} 繼承它',
    '"{given}" is the id of a template; give the profile another one, and write extends: {given}',
  ),
  'template-here': said(
    '这是供继承的模板，不能登记工单；请删去 template，并补全其余内容',
    '這是供繼承的範本，不能登記工單；請刪去 template，並補全其餘內容',
    'this is a template, by which no ticket can run; leave template out and write what is lacking',
  ),
} as const satisfies Readonly<Record<string, Labels>>
