import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { parse } from 'yaml'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { environmentVariables } from '../../../runtime/config.ts'

/** docker-compose.yml, Dockerfile and docs/operations.md say what the code knows. */

const scalar = z.union([z.string(), z.number(), z.boolean()])
const serviceSchema = z.looseObject({
  image: z.string(),
  build: z.string().optional(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), scalar.nullable()).default({}),
  ports: z.array(z.string()).default([]),
  networks: z.array(z.string()),
  entrypoint: z.array(z.string()).optional(),
  cap_drop: z.array(z.string()).default([]),
  cap_add: z.array(z.string()).default([]),
  security_opt: z.array(z.string()).default([]),
  read_only: z.boolean().default(false),
  volumes: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
  restart: z.string(),
})
const compose = z
  .object({
    services: z.record(z.string(), serviceSchema),
    networks: z.record(z.string(), z.object({ internal: z.boolean().default(false) })),
    volumes: z.record(z.string(), z.object({})),
  })
  .parse(parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true }))
const services = Object.entries(compose.services)
const ours = services.filter(([, { build }]) => build !== undefined)
const text = readFileSync('docker-compose.yml', 'utf8')
const version = z.object({ version: z.string() }).parse(JSON.parse(readFileSync('package.json', 'utf8'))).version

describe('docker-compose.yml', () => {
  it('pins every image to a version, and ours to this one', () => {
    for (const [name, { image, build }] of services) {
      expect(image, name).toMatch(/^[a-z/-]+:\d+\.\d+(\.\d+)?(-[a-z]+)?$/)
      if (build !== undefined) expect(image, name).toBe(`bihuan:${version}`)
    }
    for (const [, from] of readFileSync('Dockerfile', 'utf8').matchAll(/^FROM (\S+)/gm)) expect(from).toMatch(/^node:24\.\d+\.\d+-/)
  })

  it('gives our parts only variables that the configuration knows', () => {
    expect(ours.map(([name]) => name)).toEqual(['migrate', 'api', 'worker'])
    for (const [name, { environment }] of ours) {
      expect(
        Object.keys(environment).filter((variable) => !environmentVariables.includes(variable)),
        name,
      ).toEqual([])
    }
  })

  it('runs commands that there are', () => {
    const commands = readdirSync('cli/commands').map((file) => file.replace('.ts', ''))
    for (const [name, { command }] of ours) expect(commands, name).toContain(command?.[0])
    for (const [, command] of readFileSync('Dockerfile', 'utf8').matchAll(/cli\/bihuan\.mjs (\w+)/g)) expect(commands).toContain(command)
    for (const script of text.match(/scripts\/\S+?\.mjs/g) ?? [])
      expect(readdirSync('scripts').map((file) => `scripts/${file}`)).toContain(script)
  })

  it('mounts files that there are, and volumes that it declares', () => {
    for (const [name, { volumes }] of services) {
      for (const mount of volumes.map((volume) => volume.split(':')[0] ?? '')) {
        if (mount.startsWith('./')) expect(existsSync(mount), mount).toBe(true)
        else expect(Object.keys(compose.volumes), name).toContain(mount)
      }
    }
  })

  it('demands every secret, and holds none', () => {
    for (const [variable, value] of services.flatMap(([, { environment }]) => Object.entries(environment))) {
      if (/PASSWORD|PWD|KEY$|^DATABASE_URL$/.test(variable)) expect(String(value), variable).toMatch(/\$\{[A-Z_]+:\?missing in \.env\./)
    }
    const example = readFileSync('.env.example', 'utf8')
    for (const [, variable] of text.matchAll(/\$\{([A-Z_]+):\?/g)) expect(example).toMatch(new RegExp(`^${variable}=$`, 'm'))
    for (const [, variable] of text.matchAll(/\$\{([A-Z_]+):-/g)) expect(example).toMatch(new RegExp(`^(# )?${variable}=`, 'm'))
  })

  it('hardens every container alike, and gives a privilege back only where it says so', () => {
    for (const [name, { cap_drop: dropped, security_opt: options }] of services) {
      expect(dropped, name).toEqual(['ALL'])
      expect(options, name).toEqual(['no-new-privileges:true'])
    }
    const given = services.filter(([, { cap_add: added }]) => added.length > 0).map(([name]) => name)
    expect(given).toEqual(['postgres', 'proxy'])
    // Temporal's images write their configuration into themselves when they start.
    const writable = services.filter(([, { read_only: readOnly }]) => !readOnly).map(([name]) => name)
    expect(writable).toEqual(['temporal-schema', 'temporal', 'temporal-namespace', 'temporal-ui'])
  })

  it.each([
    [':80', true],
    [':8080', true],
    ['http://tickets.example.com', true],
    ['tickets.example.com:80', true],
    ['tickets.example.com', false],
    ['https://tickets.example.com', false],
    ['tickets.example.com:8443', false],
    [':443', false],
  ])('says at its start that %s serves without TLS: %s', (address, warns) => {
    const script = readFileSync('deploy/proxy/start.sh', 'utf8').replace(/^exec .*$/m, 'echo started')
    const { stdout, stderr, status } = spawnSync('sh', ['-c', script], { env: { SITE_ADDRESS: address }, encoding: 'utf8' })
    expect([status, stdout]).toEqual([0, 'started\n'])
    if (warns) expect(stderr).toContain(`WARNING: SITE_ADDRESS=${address} serves without TLS`)
    else expect(stderr).toBe('')
  })

  it('opens the product through the proxy alone, and the Temporal UI to this machine alone', () => {
    expect(services.filter(([, { ports }]) => ports.length > 0).map(([name]) => name)).toEqual(['temporal-ui-door', 'proxy'])
    expect(compose.services['temporal-ui-door']?.ports.every((port) => port.startsWith('127.0.0.1:'))).toBe(true)
    for (const name of ['data', 'ui']) expect(compose.networks[name]?.internal, name).toBe(true)
    expect(compose.services['temporal-ui']?.networks).toEqual(['data', 'ui'])
    expect(compose.services['temporal-ui-door']?.networks).toEqual(['ui', 'outside'])
    for (const name of ['postgres', 'temporal', 'migrate']) expect(compose.services[name]?.networks, name).toEqual(['data'])
    expect(compose.services['proxy']?.networks).toEqual(['web'])
  })

  it('knows when each lasting part is well, and waits for what it depends on', () => {
    for (const name of ['postgres', 'temporal', 'api', 'worker']) expect(compose.services[name]?.healthcheck, name).toBeDefined()
    for (const [name, { depends_on: needs }] of services) {
      for (const [other, { condition }] of Object.entries(needs)) {
        const needed = compose.services[other]
        expect(needed, `${name} needs ${other}`).toBeDefined()
        expect(condition, `${name} needs ${other}`).toBe(
          needed?.healthcheck
            ? 'service_healthy'
            : needed?.restart === 'unless-stopped'
              ? 'service_started'
              : 'service_completed_successfully',
        )
      }
    }
  })

  it('lets every part be several: no fixed names, no ports of the machine but the proxy’s and the UI’s', () => {
    for (const [name, service] of ours) expect(service.ports, name).toEqual([])
    expect(text).not.toContain('container_name')
  })
})

describe('the image', () => {
  it('is given every folder that the product is made of, and nothing else', () => {
    const allowed = [...readFileSync('.dockerignore', 'utf8').matchAll(/^!(\S+)$/gm)].map(([, path]) => path)
    const left = ['bench', 'build', 'coverage', 'deploy', 'docs', 'lint', 'node_modules', 'scripts', 'test']
    const folders = readdirSync('.', { withFileTypes: true }).filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    for (const { name } of folders) if (!left.includes(name)) expect(allowed).toContain(name)
    for (const path of allowed) expect(path).not.toMatch(/^(?:\.env|test|docs)/)
  })
})

describe('docs/operations.md', () => {
  it('has a row for every variable, and none that nobody reads', () => {
    const page = readFileSync('docs/operations.md', 'utf8')
    const table = page.slice(page.indexOf('## Configuration'), page.indexOf('\n## ', page.indexOf('## Configuration') + 1))
    const documented = [...table.matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name),
    )
    expect(new Set(documented)).toEqual(new Set(environmentVariables))
  })
})
