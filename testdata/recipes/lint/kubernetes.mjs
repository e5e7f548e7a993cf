// SPDX-License-Identifier: Apache-2.0

// Holds a Kubernetes manifest to the API's own schemas, as kubernetes-models has them:
//
//	node kubernetes.mjs job.yaml
import { readFileSync } from 'node:fs'
import { parseAllDocuments } from 'yaml'

const manifest = process.argv[2]
for (const document of parseAllDocuments(readFileSync(manifest, 'utf8'))) {
  const resource = document.toJS()
  const models = await import(`kubernetes-models/${resource.apiVersion}`)
  new models[resource.kind](resource).validate()
}
