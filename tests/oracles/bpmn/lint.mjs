// Reads BPMN files with bpmn-moddle and judges them with bpmnlint: `lint.mjs DIALECT FOLDER`.
//
// A warning of the reader or an error of the linter fails; so do shapes that lie over each other, and a diagram that does
// not show everything. Nothing is run here: Camunda, Zeebe and Flowable are only judged by these rules.

import { readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const require = createRequire(join(process.cwd(), 'package.json'))
const load = async (name) => await import(pathToFileURL(require.resolve(name)))
const { BpmnModdle } = await load('bpmn-moddle')
const Linter = require('bpmnlint/lib/linter')
const NodeResolver = require('bpmnlint/lib/resolver/node-resolver')
const [dialect, folder] = process.argv.slice(2)

const profiles = {
  camunda7: ['camunda-platform-7-21', { camunda: require('camunda-bpmn-moddle/resources/camunda.json') }],
  camunda8: ['camunda-cloud-8-6', { zeebe: require('zeebe-bpmn-moddle/resources/zeebe.json') }],
}
const [profile, extensions] = profiles[dialect] ?? [undefined, {}]
const config = { extends: ['bpmnlint:recommended', ...(profile ? [`plugin:camunda-compat/${profile}`] : [])] }

const box = (shape) => shape.bounds
const overlap = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

/** What is wrong with the diagram. */
const drawn = (definitions) => {
  const faults = []
  const planes = definitions.diagrams.map((diagram) => diagram.plane)
  const shown = new Set(planes.flatMap((plane) => plane.planeElement.map((one) => one.bpmnElement?.id)))
  const [process] = definitions.rootElements.filter((one) => one.$type === 'bpmn:Process')
  const within = (scope) => (scope.flowElements ?? []).flatMap((one) => [one, ...within(one)])
  const missing = within(process).filter((one) => !shown.has(one.id))
  if (missing.length) faults.push(`not drawn: ${missing.map((one) => one.id)}`)
  // What stands in a subprocess is drawn on a plane of its own.
  const inside = within(process).filter((one) => one.$type === 'bpmn:SubProcess')
  for (const scope of inside.filter((one) => !planes.some((plane) => plane.bpmnElement === one))) faults.push(`no plane: ${scope.id}`)
  for (const plane of planes) faults.push(...crowded(plane.planeElement))
  return faults
}

/** Shapes of a plane that lie over each other. */
const crowded = (plane) => {
  const faults = []
  const container = ['bpmn:Lane', 'bpmn:Participant']
  const shapes = plane.filter((one) => one.$type === 'bpmndi:BPMNShape' && !container.includes(one.bpmnElement.$type))
  shapes.forEach((a, index) => {
    for (const b of shapes.slice(0, index)) {
      const border = a.bpmnElement.attachedToRef === b.bpmnElement || b.bpmnElement.attachedToRef === a.bpmnElement
      if (!border && overlap(box(a), box(b))) faults.push(`${a.bpmnElement.id} lies over ${b.bpmnElement.id}`)
    }
  })
  return faults
}

for (const name of readdirSync(folder).filter((name) => name.endsWith('.bpmn')).sort()) {
  const title = `${dialect} ${name}`
  try {
    const { rootElement, warnings } = await new BpmnModdle(extensions).fromXML(readFileSync(join(folder, name), 'utf8'))
    const faults = [...warnings.map((warning) => warning.message), ...drawn(rootElement)]
    // Rules remember what they have seen: a linter for each file.
    const results = await new Linter({ config, resolver: new NodeResolver() }).lint(rootElement)
    for (const [rule, reports] of Object.entries(results)) {
      for (const report of reports.filter((one) => ['error', 'rule-error'].includes(one.category))) faults.push(`${rule}: ${report.id}: ${report.message}`)
    }
    console.log(faults.length ? `FAIL linted ${title}: ${faults.slice(0, 4).join('; ')}` : `pass linted ${title}`)
  } catch (fault) {
    console.log(`FAIL linted ${title}: ${fault.stack}`)
  }
}
