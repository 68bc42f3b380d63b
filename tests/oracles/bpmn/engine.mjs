// Runs the named paths of the examples on bpmn-engine: `engine.mjs PATHS FOLDER`.
//
// PATHS holds what is decided in a run and where it ends; our own player of the JSON definition takes every one of them.
// Packages are found from the folder in which it is run, where they are installed.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { EventEmitter } from 'node:events'
import { join } from 'node:path'

const require = createRequire(join(process.cwd(), 'package.json'))
const { Engine } = require('bpmn-engine')
const [pathsFile, folder] = process.argv.slice(2)
const SECONDS = 5

/** Properties of tasks and ends, by their ids. */
const elementsOf = (source) => {
  const found = new Map()
  for (const match of source.matchAll(/<bpmn:(userTask|endEvent) id="([^"]+)"[\s\S]*?<\/bpmn:\1>/g)) {
    const own = [...match[0].matchAll(/<tthc:property name="([^"]*)" value="([^"]*)"/g)].map(([, name, value]) => [name, value])
    found.set(match[2], Object.fromEntries(own))
  }
  return found
}

const valueOf = (value) => (/^[0-9.]+$/.test(value) ? Number(value) : value)

const play = async (file, run) => {
  // The first timer that a run waits for ends soon; the others keep their time.
  const late = run.decide.filter(([, what]) => what === 'quá hạn').length > 0
  let source = readFileSync(file, 'utf8')
  const own = elementsOf(source)
  const fields = [...source.matchAll(/name="field" value="([^"=]*)=([^"]*)"/g)]
  const variables = Object.fromEntries(fields.map(([, variable, field]) => [variable, valueOf(run.dossier?.[field])]))
  if (late) source = source.replace(/(<bpmn:timeDuration[^>]*>)[^<]*/g, '$1PT0.3S')
  const left = run.decide.map((pair) => [...pair])
  const ends = []
  const faults = []
  let done = 0
  const waiting = []
  const listener = new EventEmitter()
  const runsOut = (task) => left[0]?.[1] === 'quá hạn' && (left[0][0] === task.step || (left[0][0] === 'chờ' && task.wait))
  // Free tasks are done at once; a decision waits until it is next.
  const goOn = () => {
    for (const api of [...waiting]) {
      const task = own.get(api.id)
      if (runsOut(task)) continue
      if (task.outcomes !== undefined && left[0]?.[0] !== task.step) continue
      waiting.splice(waiting.indexOf(api), 1)
      if (task.outcomes !== undefined) {
        const [, outcome] = left.shift()
        if (!task.outcomes.split('|').includes(outcome)) faults.push(`${outcome} is not offered`)
        api.environment.output[task.variable] = outcome
      }
      if (!task.wait) done += 1
      api.signal()
      setImmediate(goOn)
      return
    }
  }
  listener.on('activity.wait', (api) => {
    if (api.type !== 'bpmn:UserTask') return
    // What was withdrawn with its subprocess may be asked for again.
    const before = waiting.findIndex((other) => other.id === api.id)
    if (before >= 0) waiting.splice(before, 1)
    waiting.push(api)
    setImmediate(goOn)
  })
  listener.on('activity.timeout', (api) => {
    const [host] = waiting.filter((other) => runsOut(own.get(other.id)))
    if (!host) return void faults.push(`${api.id} ran out`)
    waiting.splice(waiting.indexOf(host), 1)
    if (!own.get(host.id).wait) done += 1
    left.shift()
    setImmediate(goOn)
  })
  // Ends of subprocesses are none of the process.
  listener.on('activity.end', (api) => own.get(api.id)?.end !== undefined && ends.push(own.get(api.id).end))
  const engine = new Engine({ name: file, source, variables })
  const ended = engine.waitFor('end')
  ended.catch(() => {})
  let timer
  const stop = new Promise((resolve) => { timer = setTimeout(() => resolve('stop'), SECONDS * 1000) })
  await engine.execute({ listener })
  // A task that is interrupted discards its way on, which the engine counts as an arrival at the join: it then comes to its
  // end and still waits for another. That is no fault of the process; to come to no end is.
  const stopped = (await Promise.race([ended, stop])) === 'stop'
  clearTimeout(timer)
  if (stopped && ends.length === 0) faults.push(`it does not end, waiting for ${waiting.map((api) => api.id)}`)
  if (faults.length || left.length) throw new Error([...faults, `left ${JSON.stringify(left)}`].join('; '))
  return [ends, done, stopped]
}

for (const [name, runs] of Object.entries(JSON.parse(readFileSync(pathsFile, 'utf8')))) {
  const file = join(folder, `${name.replace('/', '.')}.bpmn`)
  for (const [title, run] of Object.entries(runs)) {
    if (run.end === undefined) continue // a beginning, or what cannot be
    try {
      const [ends, done, stopped] = await play(file, run)
      const right = ends.length === 1 && ends[0] === run.end && done === (run.steps ?? done)
      console.log(right ? `pass bpmn-engine ${name}: ${title}${stopped ? ' (the engine goes on waiting)' : ''}` : `FAIL bpmn-engine ${name}: ${title}: ${done} steps, ends ${ends}`)
    } catch (fault) {
      console.log(`FAIL bpmn-engine ${name}: ${title}: ${String(fault.message).slice(0, 200)}`)
    }
  }
}
process.exit(0)
