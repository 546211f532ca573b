import { expect, it } from 'vitest'
import { isOneOf, loopbackNames } from '../../../runtime/host-names.ts'
import { reboundHosts } from '../../support/asked-as.ts'

it.each(['localhost', 'LOCALHOST:3000', '127.0.0.1:80', '127.0.0.1', '[::1]:8233', '[::1]'])('%s is this machine', (host) => {
  expect(isOneOf(loopbackNames, host)).toBe(true)
})

it.each([
  ...reboundHosts,
  undefined,
  '',
  ':3000',
  'localhost:99999',
  'localhost/x',
  'localhost#',
  'localhost\t',
  '::1',
  'x'.repeat(100_000),
])('%j is none of its names', (host) => {
  expect(isOneOf(loopbackNames, host)).toBe(false)
})

it('knows names that were added', () => {
  expect(isOneOf(['tickets.example.com'], 'tickets.example.com:443')).toBe(true)
  expect(isOneOf(['tickets.example.com'], 'tickets.example.com.evil.example')).toBe(false)
})
