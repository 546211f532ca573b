import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import { notePieces, type Block, type Cell, type Table, type Tile } from '../document.ts'
import type { Tone } from '../values.ts'

/** A piece of a page. Whatever was written by people is escaped; only charts are put in as they are, which escape it themselves. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

export function blockHtml(block: Block): Html {
  switch (block.kind) {
    case 'tiles':
      return html`<div class="tiles">${block.tiles.map(tileHtml)}</div>`
    case 'chart':
      return html`<figure class="chart">${raw(block.chart.svg)}</figure>`
    case 'table':
      return block.detail !== undefined
        ? html`<details>
            <summary>${block.detail}</summary>
            ${tableHtml(block)}
          </details>`
        : tableHtml(block)
    case 'note':
      return html`<p class="note">${block.text}</p>`
    case 'definitions':
      return html`<div class="definitions">
        ${block.few === null ? '' : html`<p>${block.few}</p>`} ${block.items.map(({ name, value }) => html`<p><b>${name}</b> ${value}</p>`)}
      </div>`
    case 'suggestions':
      return html`<ul class="suggestions">
        ${block.items.map(
          ({ text, from }) =>
            html`<li>
              ${text}
              <footer><span class="mark">${block.mark}</span>${from}</footer>
            </li>`,
        )}
      </ul>`
    case 'box':
      return html`<div class="box">
        <div class="prompt">${block.prompt}</div>
        ${block.text === null ? html`<div class="text empty">${block.empty}</div>` : html`<div class="text">${block.text}</div>`}
      </div>`
  }
}

function tileHtml({ label, value, tone, change, note }: Tile): Html {
  return html`<div class="tile">
    <div class="name">${label}</div>
    <div class="${classes('value', tone)}">${value}</div>
    <div class="change">
      <span class="${classes('', change.tone)}">${change.text}</span>${note === '' ? '' : html`<span class="n">${note}</span>`}
    </div>
  </div>`
}

function tableHtml({ columns, rows }: Table): Html {
  const kinds = columns.map(({ isNumber, isWide }) => `${isNumber ? 'number' : ''}${isWide ? ' wide' : ''}`.trim())
  const looks = [...(columns.length > 6 ? ['dense'] : []), ...(columns.filter(({ isWide }) => isWide).length > 1 ? ['shared'] : [])]
  return html`<div class="scroll">
    <table${looks.length > 0 ? raw(` class="${looks.join(' ')}"`) : ''}>
      <thead>
        <tr>
          ${columns.map(({ heading }, at) => html`<th scope="col" class="${kinds[at] ?? ''}">${heading}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ cells, isTotal }) =>
            html`<tr${isTotal ? raw(' class="total"') : ''}>${cells.map((cell, at) => cellHtml(cell, kinds[at] ?? ''))}</tr>`,
        )}
      </tbody>
    </table>
  </div>`
}

function cellHtml({ text, tone, note }: Cell, kind: string): Html {
  return html`<td class="${classes(kind, tone)}">${text}${note === '' ? '' : html`<small>${notePieces(note).map(lineHtml)}</small>`}</td>`
}

/** Broken between what it says, rather than within. */
function lineHtml(pieces: readonly string[], nth: number): Html {
  return html`${nth === 0 ? '' : raw('<br />')}${pieces.map((piece, at) => html`<span>${piece}${at === pieces.length - 1 ? '' : '\u00A0·'}</span> `)}`
}

function classes(kind: string, tone: Tone): string {
  return `${kind}${tone === 'plain' ? '' : ` ${tone}`}`.trim()
}
