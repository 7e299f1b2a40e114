// Reads DMN files with dmn-moddle, by which Camunda Modeler and dmn-js read them, and decides each
// table by feelin; both are under the MIT licence. `node moddle.mjs CASES.json` prints, for each
// case, its faults and what each person is told. The folder it runs in holds node_modules.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const here = createRequire(`${process.cwd()}/`);
const load = async name => import(pathToFileURL(here.resolve(name)));
const { DmnModdle } = await load('dmn-moddle');
const { evaluate, unaryTest } = await load('feelin');

const value = answer => (answer && typeof answer === 'object' && 'value' in answer ? answer.value : answer);

function decide(table, person) {
  const hits = table.rule.filter(rule =>
    rule.inputEntry.every((entry, place) => {
      const asked = value(evaluate(table.input[place].inputExpression.text, person));
      const text = entry.text.trim();
      return text === '-' || value(unaryTest(text, { ...person, '?': asked })) === true;
    })
  );
  if (!hits.length) return null;
  return Object.fromEntries(
    table.output.map((output, place) => [
      output.name ?? '', value(evaluate(hits[0].outputEntry[place].text, person)),
    ])
  );
}

const moddle = new DmnModdle();
const told = [];
for (const { file, decision, people } of JSON.parse(readFileSync(process.argv[2], 'utf8'))) {
  try {
    const { rootElement, warnings } = await moddle.fromXML(readFileSync(file, 'utf8'));
    const faults = warnings.map(warning => warning.message);
    const found = (rootElement.drgElement ?? []).find(one => one.name === decision);
    const table = found?.decisionLogic;
    told.push({ faults, answers: table ? people.map(person => decide(table, person)) : [] });
  } catch (error) {
    told.push({ faults: [error.message], answers: [] });
  }
}
console.log(JSON.stringify(told));
