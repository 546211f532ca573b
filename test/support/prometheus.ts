/** What a scrape was answered, read as strictly as Prometheus reads it. */
export interface Scraped {
  /** Type of each family: `bihuan_steps_total` → `counter`. */
  readonly types: ReadonlyMap<string, string>
  readonly samples: readonly Sample[]
  /** Value of the one sample with that name and, at least, those labels; undefined when there is none. */
  value(name: string, labels?: Labels): number | undefined
}

interface Sample {
  readonly name: string
  readonly labels: Labels
  readonly value: number
}
type Labels = Readonly<Record<string, string>>

/** @throws Error at the first line that is not of the text format, or a sample whose family was not announced */
export function parsed(text: string): Scraped {
  const types = new Map<string, string>()
  const samples: Sample[] = []
  for (const line of text.split('\n')) {
    const announced = /^# TYPE ([a-zA-Z_:][\w:]*) (counter|gauge|histogram|summary|untyped)$/.exec(line)
    if (announced?.[1] && announced[2]) {
      if (types.has(announced[1])) throw new Error(`announced twice: ${line}`)
      types.set(announced[1], announced[2])
    }
    if (line === '' || line.startsWith('#')) continue
    const [, name = '', inner = '', number = ''] = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/.exec(line) ?? []
    // As Go reads it, whatever the case.
    const value = /^\+?inf$/i.test(number) ? Infinity : Number(number)
    if (name === '' || (Number.isNaN(value) && !/^nan$/i.test(number))) throw new Error(`no sample: ${line}`)
    if (!types.has(name) && !types.has(name.replace(/_(bucket|sum|count)$/, ''))) throw new Error(`of no family: ${line}`)
    samples.push({ name, labels: labelsIn(inner, line), value })
  }
  return {
    types,
    samples,
    value(name, labels = {}) {
      const found = samples.filter(
        (one) => one.name === name && Object.entries(labels).every(([label, value]) => one.labels[label] === value),
      )
      if (found.length > 1) throw new Error(`${found.length} samples of ${name} ${JSON.stringify(labels)}`)
      return found[0]?.value
    },
  }
}

function labelsIn(inner: string, line: string): Labels {
  const pairs = [...inner.matchAll(/([a-zA-Z_]\w*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/g)]
  if (pairs.map(([whole]) => whole).join('') !== inner) throw new Error(`labels cannot be read: ${line}`)
  return Object.fromEntries(pairs.map(([, label = '', value = '']) => [label, value]))
}
