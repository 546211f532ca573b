const { DefaultFailureConverter } = require('@temporalio/common')

// Messages and stacks of failures become payloads, which the codec encrypts. CommonJS, because the SDK loads it with
// require() and bundles it for the workflow sandbox.
exports.failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true })
