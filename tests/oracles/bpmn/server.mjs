// Runs the named paths of the examples on bpmn-server: `server.mjs PATHS FOLDER`.
//
// The files are those for bpmn-engine, whose conditions are JavaScript too: here the variables are called `data`. What keeps
// the variables of a subprocess apart there has no counterpart here. Everything is kept in memory, without the locks that
// several servers would need. Packages are found from the folder in which it is run, where they are installed.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

// The engine talks of everything it does.
const say = console.log
console.log = () => {}
const require = createRequire(join(process.cwd(), 'package.json'))
const { BPMNServer, CacheManager, Configuration, DefaultAppDelegate, Definition, Logger, ScriptHandler } = require('bpmn-server')
const { MemoryDataStore } = require('bpmn-server/dist/datastore/MemoryDataStore')
const [pathsFile, folder] = process.argv.slice(2)
const SECONDS = 20

let source = ''
const logger = () => new Logger({ toConsole: false })
const definitions = (server) => ({
  load: async (name) => {
    const definition = new Definition(name, source, server)
    await definition.load()
    return definition
  },
  getSource: async () => source,
  getSVG: async () => '',
})
const server = new BPMNServer(
  new Configuration({
    timers: { forceTimersDelay: null, precision: 3000 },
    database: {},
    logger,
    definitions,
    appDelegate: (server) => new DefaultAppDelegate(server),
    dataStore: (server) => Object.assign(new MemoryDataStore(server), { locker: { lock: async () => true, release: async () => true } }),
    cacheManager: (server) => new CacheManager(server),
    scriptHandler: () => new ScriptHandler(),
  }),
  logger(),
  { cron: false },
)

/** Properties of tasks and ends, by their ids. */
const elementsOf = (text) => {
  const found = new Map()
  for (const match of text.matchAll(/<bpmn:(userTask|endEvent) id="([^"]+)"[\s\S]*?<\/bpmn:\1>/g)) {
    const own = [...match[0].matchAll(/<tthc:property name="([^"]*)" value="([^"]*)"/g)].map(([, name, value]) => [name, value])
    found.set(match[2], Object.fromEntries(own))
  }
  return found
}

const valueOf = (value) => (/^[0-9.]+$/.test(value) ? Number(value) : value)

/** The same conditions and scripts, in the words of this engine. No timer runs out by itself: it is told when one does. */
const reworded = (text) =>
  text
    .replace(/next\(null, ([\s\S]*?)\)(?=<\/bpmn:conditionExpression>)/g, '$1')
    .replace(/ next\(\);/g, '')
    .replace(/this\.environment\.(output|variables)\./g, 'data.')
    .replace(/(<bpmn:timeDuration[^>]*>)[^<]*/g, '$1PT6H')

const play = async (name, file, run) => {
  const text = readFileSync(file, 'utf8')
  source = reworded(text)
  const own = elementsOf(text)
  const fields = [...text.matchAll(/name="field" value="([^"=]*)=([^"]*)"/g)]
  const variables = Object.fromEntries(fields.map(([, variable, field]) => [variable, valueOf(run.dossier?.[field])]))
  const left = [...run.decide]
  const runsOut = (task) => left[0]?.[1] === 'quá hạn' && (left[0][0] === task.step || (left[0][0] === 'chờ' && task.wait))
  let execution = await server.engine.start(name, variables)
  let done = 0
  for (let turn = 0; turn < 200 && execution.instance.status !== 'end'; turn += 1) {
    const waiting = execution.getItems().filter((item) => item.status === 'wait')
    const tasks = waiting.filter((item) => own.get(item.elementId)?.step)
    const free = tasks.find((item) => own.get(item.elementId).outcomes === undefined && !runsOut(own.get(item.elementId)))
    const late = tasks.find((item) => runsOut(own.get(item.elementId)))
    const next = free ?? late ?? tasks.find((item) => own.get(item.elementId).step === left[0]?.[0])
    if (!next) throw new Error(`nothing can be done, left ${JSON.stringify(left)}, waiting ${waiting.map((item) => item.elementId)}`)
    const task = own.get(next.elementId)
    let [at, data] = [next, {}]
    if (next === late) {
      left.shift()
      at = waiting.find((item) => item.elementId.startsWith('timer_') && text.includes(`id="${item.elementId}" name="Hết thời gian" attachedToRef="${next.elementId}"`))
      if (!at) throw new Error(`no timer waits at ${next.elementId}`)
    } else if (task.outcomes !== undefined) {
      const [, outcome] = left.shift()
      if (!task.outcomes.split('|').includes(outcome)) throw new Error(`${outcome} is not offered`)
      data = { [task.variable]: outcome }
    }
    if (!task.wait) done += 1
    execution = await server.engine.invoke({ 'items.id': at.id }, data)
  }
  const ends = execution.getItems().map((item) => own.get(item.elementId)?.end).filter((end) => end !== undefined)
  if (left.length) throw new Error(`left ${JSON.stringify(left)}`)
  return [ends, done]
}

for (const [name, runs] of Object.entries(JSON.parse(readFileSync(pathsFile, 'utf8')))) {
  const file = join(folder, `${name.replace('/', '.')}.bpmn`)
  for (const [title, run] of Object.entries(runs)) {
    if (run.end === undefined) continue // a beginning, or what cannot be
    let timer
    const stop = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error('it does not end')), SECONDS * 1000) })
    try {
      const [ends, done] = await Promise.race([play(name, file, run), stop])
      const right = ends.length === 1 && ends[0] === run.end && done === (run.steps ?? done)
      say(right ? `pass bpmn-server ${name}: ${title}` : `FAIL bpmn-server ${name}: ${title}: ${done} steps, ends ${ends}`)
    } catch (fault) {
      say(`FAIL bpmn-server ${name}: ${title}: ${String(fault?.message ?? fault).slice(0, 200)}`)
    }
    clearTimeout(timer)
  }
}
process.exit(0)
