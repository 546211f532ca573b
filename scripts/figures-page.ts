import type { Figure } from '../db/figures/figure.ts'
import type { Registry } from '../processes/hosting.ts'

/** docs/figures.md with the figures as the code has them; what stands around them is written by hand. */
export function figuresPage(page: string, processes: Registry): string {
  const figures = processes.flatMap((host) => host.figures ?? [])
  return page.replace(/(<!-- figures: made by npm run docs:generate -->\n)[\s\S]*?(<!-- end -->)/, (_, begin: string, end: string) =>
    [begin, '\n', figures.map(entry).join('\n\n'), '\n\n', end].join(''),
  )
}

function entry({ id, kind, label, definition, marks, beside = [], by, apart, matures, requirements }: Figure): string {
  const told = (isMeant: (mark: string) => boolean) =>
    Object.entries(marks).flatMap(([mark, { 'zh-CN': zh, en }]) => (isMeant(mark) ? [`\`${mark}\` ${zh} (${en})`] : []))
  const [within, outside] = [told((mark) => !beside.includes(mark)), told((mark) => beside.includes(mark))]
  return [
    `### \`${id}\` ${label['zh-CN']} · ${label.en}`,
    definition['zh-CN'],
    definition.en,
    [
      `- ${kind}, for ${requirements.join(', ')}`,
      ...(within.length > 0 ? [`- of which are told apart: ${within.join(', ')}`] : []),
      ...(outside.length > 0 ? [`- told apart, and not in \`n\`: ${outside.join(', ')}`] : []),
      `- by ${by.map((one) => `\`${one}\``).join(', ')}${apart === undefined ? '' : `; never added up over several of \`${apart}\``}`,
      ...(matures ? ['- goes on changing after its time'] : []),
    ].join('\n'),
  ].join('\n\n')
}
