export type Summary = {
  api: string
  temporal: string
  temporalUi: string | null
  /** Which program serves Temporal, and which way brought it. */
  temporalFrom: string
  /** Without the password. */
  postgres: string
  demoTokens: string | undefined
  dataDir: string
  logs: string
  seconds: number
}

/** Where everything is, in English and Chinese, for the terminal. */
export function summarise(summary: Summary): string {
  const { api, temporal, temporalUi, temporalFrom, postgres, demoTokens, dataDir, logs, seconds } = summary
  const rows: [string, string][] = [
    ['API · 接口', api],
    ['API docs · 接口文档', `${api}/docs`],
    ...(temporalUi === null ? [] : [['Temporal UI · 流程界面', temporalUi] satisfies [string, string]]),
    ['Temporal · 流程引擎', `${temporal}  (${temporalFrom})`],
    ['Postgres · 数据库', postgres],
    ...(demoTokens === undefined ? [] : [['Demo tokens · 演示令牌', demoTokens] satisfies [string, string]]),
    ['Data · 数据', dataDir],
    ['Logs · 日志', logs],
  ]
  const widest = Math.max(...rows.map(([label]) => columns(label)))
  return [
    '',
    `  Bihuan 闭环 is ready · 已就绪  (${seconds.toFixed(1)} s)`,
    '',
    ...rows.map(([label, value]) => `  ${label}${' '.repeat(widest - columns(label) + 2)}${value}`),
    '',
    '  Ctrl-C stops everything · 按 Ctrl-C 停止全部服务',
    '',
    '',
  ].join('\n')
}

/** Columns on a terminal, where a Chinese character takes two. */
function columns(text: string): number {
  return [...text].reduce((sum, character) => sum + (/\p{Script=Han}/u.test(character) ? 2 : 1), 0)
}
