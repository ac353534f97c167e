
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'phi3ml' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'phi3ml'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'phi3ml' {
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('log-model', 'log-model', [CompletionResultType]::ParameterValue, 'Package a model folder, upload it to a run, and register it where asked')
            [CompletionResult]::new('package', 'package', [CompletionResultType]::ParameterValue, 'Package a model as an MLflow model folder or a .zip, without a server')
            [CompletionResult]::new('inspect', 'inspect', [CompletionResultType]::ParameterValue, 'Show what is in a model: flavors, signature, examples, requirements, files')
            [CompletionResult]::new('register', 'register', [CompletionResultType]::ParameterValue, 'Make a version of a registered model from a logged model')
            [CompletionResult]::new('models', 'models', [CompletionResultType]::ParameterValue, 'Look after registered models: versions, aliases, tags, stages')
            [CompletionResult]::new('experiments', 'experiments', [CompletionResultType]::ParameterValue, 'Create, find and tidy up experiments')
            [CompletionResult]::new('runs', 'runs', [CompletionResultType]::ParameterValue, 'Create, find, compare, finish and export runs')
            [CompletionResult]::new('log-params', 'log-params', [CompletionResultType]::ParameterValue, 'Log params to a run')
            [CompletionResult]::new('log-metrics', 'log-metrics', [CompletionResultType]::ParameterValue, 'Log metrics to a run')
            [CompletionResult]::new('set-tags', 'set-tags', [CompletionResultType]::ParameterValue, 'Set tags of a run, or take them off')
            [CompletionResult]::new('log-batch', 'log-batch', [CompletionResultType]::ParameterValue, 'Log many params, metrics and tags from a file')
            [CompletionResult]::new('log-artifacts', 'log-artifacts', [CompletionResultType]::ParameterValue, 'Upload files and the contents of folders to a run')
            [CompletionResult]::new('artifacts', 'artifacts', [CompletionResultType]::ParameterValue, 'Look at, fetch or delete the artifacts of a run or a model')
            [CompletionResult]::new('log-inputs', 'log-inputs', [CompletionResultType]::ParameterValue, 'Note on a run which dataset went into it')
            [CompletionResult]::new('metrics', 'metrics', [CompletionResultType]::ParameterValue, 'Look at what was measured')
            [CompletionResult]::new('sync', 'sync', [CompletionResultType]::ParameterValue, 'Copy experiments, runs and models to another server or database, each once')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Compare every byte of a model with its recorded SHA-256 digests')
            [CompletionResult]::new('predict', 'predict', [CompletionResultType]::ParameterValue, 'Ask a model something, as a smoke test, or answer a file of prompts')
            [CompletionResult]::new('chat', 'chat', [CompletionResultType]::ParameterValue, 'Talk with a model, line by line')
            [CompletionResult]::new('bench', 'bench', [CompletionResultType]::ParameterValue, 'Measure how fast a model loads and answers, and how much memory it takes')
            [CompletionResult]::new('cache', 'cache', [CompletionResultType]::ParameterValue, 'Look at the models that were fetched, and make room')
            [CompletionResult]::new('runtime', 'runtime', [CompletionResultType]::ParameterValue, 'Find or fetch the ONNX Runtime library')
            [CompletionResult]::new('doctor', 'doctor', [CompletionResultType]::ParameterValue, 'Find out what works and what is missing: server, access, artifacts, ONNX Runtime')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Show what phi3ml works with')
            [CompletionResult]::new('api', 'api', [CompletionResultType]::ParameterValue, 'Send any request to the tracking server, with credentials')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completions for a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual page')
            [CompletionResult]::new('reference', 'reference', [CompletionResultType]::ParameterValue, 'Print the reference of all commands, as the README holds it')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'phi3ml;log-model' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'Name of the logged model')
            [CompletionResult]::new('--run-id', '--run-id', [CompletionResultType]::ParameterName, 'Log into this run [env: MLFLOW_RUN_ID] [default: a new run]')
            [CompletionResult]::new('--run-name', '--run-name', [CompletionResultType]::ParameterName, 'Name of the new run [default: the server makes one up]')
            [CompletionResult]::new('--experiment-name', '--experiment-name', [CompletionResultType]::ParameterName, 'Experiment of the new run, created where it is missing [env: MLFLOW_EXPERIMENT_NAME]')
            [CompletionResult]::new('--experiment-id', '--experiment-id', [CompletionResultType]::ParameterName, 'Experiment of the new run, by id [env: MLFLOW_EXPERIMENT_ID] [default: 0]')
            [CompletionResult]::new('--param', '--param', [CompletionResultType]::ParameterName, 'Param of the run')
            [CompletionResult]::new('--metric', '--metric', [CompletionResultType]::ParameterName, 'Metric of the run')
            [CompletionResult]::new('--tag', '--tag', [CompletionResultType]::ParameterName, 'Tag of the run')
            [CompletionResult]::new('--flavor', '--flavor', [CompletionResultType]::ParameterName, 'Way in which MLflow loads the model; each kind of source has one')
            [CompletionResult]::new('--task', '--task', [CompletionResultType]::ParameterName, 'What the model is asked and answers [default: prompt; of a checkpoint: text-generation]')
            [CompletionResult]::new('--input-example', '--input-example', [CompletionResultType]::ParameterName, 'Request that the model answers, as JSON or @FILE, or `none` [default: one of the task]; {"inputs": ..., "params": {...}} has params, {"dataframe_split": ...} is a data frame and {"instances": ...} a tensor')
            [CompletionResult]::new('--signature', '--signature', [CompletionResultType]::ParameterName, 'What goes in and comes out: @FILE with {inputs, outputs, params} as in MLmodel, `none`, or `auto`, that of the task, the graph or else of the input example [default: auto]')
            [CompletionResult]::new('--model-config', '--model-config', [CompletionResultType]::ParameterName, 'What the model''s code is configured with, such as temperature=0.7; or @FILE with a JSON object')
            [CompletionResult]::new('--python-model', '--python-model', [CompletionResultType]::ParameterName, 'Python file with your own PythonModel, in place of a generated one; SOURCE becomes its artifact')
            [CompletionResult]::new('--artifact', '--artifact', [CompletionResultType]::ParameterName, 'Further file or folder that the model''s Python code finds by name')
            [CompletionResult]::new('--artifact-name', '--artifact-name', [CompletionResultType]::ParameterName, 'Name under which the model''s Python code finds SOURCE [default: phi3-mini-onnx]')
            [CompletionResult]::new('--code-path', '--code-path', [CompletionResultType]::ParameterName, 'File or folder with Python code that the model imports')
            [CompletionResult]::new('--metadata', '--metadata', [CompletionResultType]::ParameterName, 'Note in MLmodel')
            [CompletionResult]::new('--python-version', '--python-version', [CompletionResultType]::ParameterName, 'Python version of the environment files [default: 3.11]')
            [CompletionResult]::new('--pip-requirements', '--pip-requirements', [CompletionResultType]::ParameterName, 'File with the requirements of the model, in place of those of its flavor')
            [CompletionResult]::new('--constraint', '--constraint', [CompletionResultType]::ParameterName, 'File with constraints for pip')
            [CompletionResult]::new('--conda-env', '--conda-env', [CompletionResultType]::ParameterName, 'File with the conda environment of the model; its pip list becomes requirements.txt')
            [CompletionResult]::new('--extra-pip-requirement', '--extra-pip-requirement', [CompletionResultType]::ParameterName, 'Further line of requirements.txt')
            [CompletionResult]::new('--register', '--register', [CompletionResultType]::ParameterName, 'Make a version of this registered model, created where it is missing')
            [CompletionResult]::new('--alias', '--alias', [CompletionResultType]::ParameterName, 'Alias of the new version, moved from an older one')
            [CompletionResult]::new('--version-tag', '--version-tag', [CompletionResultType]::ParameterName, 'Tag of the new version')
            [CompletionResult]::new('--description', '--description', [CompletionResultType]::ParameterName, 'Description of the new version')
            [CompletionResult]::new('--smoke', '--smoke', [CompletionResultType]::ParameterName, 'Read the logged model back, ask it this, and set aliases only if it answers as expected')
            [CompletionResult]::new('--expect', '--expect', [CompletionResultType]::ParameterName, 'Text that the answer must hold; all of them if given more than once')
            [CompletionResult]::new('--threads', '--threads', [CompletionResultType]::ParameterName, 'Threads to compute with [default: the number of cores]')
            [CompletionResult]::new('--engine', '--engine', [CompletionResultType]::ParameterName, 'ONNX Runtime where its library is found and else rten; or one of them')
            [CompletionResult]::new('--ort-lib', '--ort-lib', [CompletionResultType]::ParameterName, 'ONNX Runtime library to use')
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--fresh', '--fresh', [CompletionResultType]::ParameterName, 'Forget what an earlier, interrupted call left to be continued')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;package' {
            [CompletionResult]::new('--flavor', '--flavor', [CompletionResultType]::ParameterName, 'Way in which MLflow loads the model; each kind of source has one')
            [CompletionResult]::new('--task', '--task', [CompletionResultType]::ParameterName, 'What the model is asked and answers [default: prompt; of a checkpoint: text-generation]')
            [CompletionResult]::new('--input-example', '--input-example', [CompletionResultType]::ParameterName, 'Request that the model answers, as JSON or @FILE, or `none` [default: one of the task]; {"inputs": ..., "params": {...}} has params, {"dataframe_split": ...} is a data frame and {"instances": ...} a tensor')
            [CompletionResult]::new('--signature', '--signature', [CompletionResultType]::ParameterName, 'What goes in and comes out: @FILE with {inputs, outputs, params} as in MLmodel, `none`, or `auto`, that of the task, the graph or else of the input example [default: auto]')
            [CompletionResult]::new('--model-config', '--model-config', [CompletionResultType]::ParameterName, 'What the model''s code is configured with, such as temperature=0.7; or @FILE with a JSON object')
            [CompletionResult]::new('--python-model', '--python-model', [CompletionResultType]::ParameterName, 'Python file with your own PythonModel, in place of a generated one; SOURCE becomes its artifact')
            [CompletionResult]::new('--artifact', '--artifact', [CompletionResultType]::ParameterName, 'Further file or folder that the model''s Python code finds by name')
            [CompletionResult]::new('--artifact-name', '--artifact-name', [CompletionResultType]::ParameterName, 'Name under which the model''s Python code finds SOURCE [default: phi3-mini-onnx]')
            [CompletionResult]::new('--code-path', '--code-path', [CompletionResultType]::ParameterName, 'File or folder with Python code that the model imports')
            [CompletionResult]::new('--metadata', '--metadata', [CompletionResultType]::ParameterName, 'Note in MLmodel')
            [CompletionResult]::new('--python-version', '--python-version', [CompletionResultType]::ParameterName, 'Python version of the environment files [default: 3.11]')
            [CompletionResult]::new('--pip-requirements', '--pip-requirements', [CompletionResultType]::ParameterName, 'File with the requirements of the model, in place of those of its flavor')
            [CompletionResult]::new('--constraint', '--constraint', [CompletionResultType]::ParameterName, 'File with constraints for pip')
            [CompletionResult]::new('--conda-env', '--conda-env', [CompletionResultType]::ParameterName, 'File with the conda environment of the model; its pip list becomes requirements.txt')
            [CompletionResult]::new('--extra-pip-requirement', '--extra-pip-requirement', [CompletionResultType]::ParameterName, 'Further line of requirements.txt')
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;inspect' {
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;register' {
            [CompletionResult]::new('--alias', '--alias', [CompletionResultType]::ParameterName, 'Alias of the version, moved from an older one')
            [CompletionResult]::new('--tag', '--tag', [CompletionResultType]::ParameterName, 'Tag of the version')
            [CompletionResult]::new('--description', '--description', [CompletionResultType]::ParameterName, 'Description of the version')
            [CompletionResult]::new('--if-exists', '--if-exists', [CompletionResultType]::ParameterName, 'What to do where a version of the same source is there already')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait until the version is ready')
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;models' {
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List all registered models')
            [CompletionResult]::new('search', 'search', [CompletionResultType]::ParameterValue, 'List the registered models that fit a filter')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Show a registered model')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Create a registered model that has no version yet')
            [CompletionResult]::new('update', 'update', [CompletionResultType]::ParameterValue, 'Change the description of a registered model')
            [CompletionResult]::new('rename', 'rename', [CompletionResultType]::ParameterValue, 'Give a registered model another name; its versions, aliases and tags go along')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Delete a registered model with all its versions')
            [CompletionResult]::new('versions', 'versions', [CompletionResultType]::ParameterValue, 'List the versions of a registered model, newest first')
            [CompletionResult]::new('version', 'version', [CompletionResultType]::ParameterValue, 'Show a version')
            [CompletionResult]::new('update-version', 'update-version', [CompletionResultType]::ParameterValue, 'Change the description of a version')
            [CompletionResult]::new('delete-version', 'delete-version', [CompletionResultType]::ParameterValue, 'Delete a version')
            [CompletionResult]::new('alias', 'alias', [CompletionResultType]::ParameterValue, 'Point an alias to a version, wherever it pointed before')
            [CompletionResult]::new('delete-alias', 'delete-alias', [CompletionResultType]::ParameterValue, 'Take an alias away; the version stays')
            [CompletionResult]::new('tag', 'tag', [CompletionResultType]::ParameterValue, 'Set tags of a registered model or of a version')
            [CompletionResult]::new('delete-tag', 'delete-tag', [CompletionResultType]::ParameterValue, 'Take tags off a registered model or a version')
            [CompletionResult]::new('stage', 'stage', [CompletionResultType]::ParameterValue, 'Move a version to a stage (MLflow prefers aliases today)')
            [CompletionResult]::new('download', 'download', [CompletionResultType]::ParameterValue, 'Fetch the files of a model, each checked against its digest')
            [CompletionResult]::new('update-pip-requirements', 'update-pip-requirements', [CompletionResultType]::ParameterValue, 'Change the requirements of a model that is packaged or logged already')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'phi3ml;models;list' {
            [CompletionResult]::new('--order-by', '--order-by', [CompletionResultType]::ParameterName, 'What to sort by: name or timestamp, with ASC or DESC')
            [CompletionResult]::new('--max-results', '--max-results', [CompletionResultType]::ParameterName, 'At most this many [default: all]')
            [CompletionResult]::new('--page-token', '--page-token', [CompletionResultType]::ParameterName, 'Go on where another list ended: its next_page_token')
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;models;search' {
            [CompletionResult]::new('--order-by', '--order-by', [CompletionResultType]::ParameterName, 'What to sort by: name or timestamp, with ASC or DESC')
            [CompletionResult]::new('--max-results', '--max-results', [CompletionResultType]::ParameterName, 'At most this many [default: all]')
            [CompletionResult]::new('--page-token', '--page-token', [CompletionResultType]::ParameterName, 'Go on where another list ended: its next_page_token')
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;models;get' {
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;models;create' {
            [CompletionResult]::new('--description', '--description', [CompletionResultType]::ParameterName, 'What there is to say about it')
            [CompletionResult]::new('--tag', '--tag', [CompletionResultType]::ParameterName, 'Tag of it')
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;models;update' {
            [CompletionResult]::new('--description', '--description', [CompletionResultType]::ParameterName, 'What there is to say about it; nothing takes the old text away')
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;models;rename' {
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;models;delete' {
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;models;versions' {
            [CompletionResult]::new('--filter', '--filter', [CompletionResultType]::ParameterName, 'Further condition in MLflow''s language, such as "tags.quantization = ''int4''"')
            [CompletionResult]::new('--max-results', '--max-results', [CompletionResultType]::ParameterName, 'At most this many [default: all]')
            [CompletionResult]::new('--page-token', '--page-token', [CompletionResultType]::ParameterName, 'Go on where another list ended: its next_page_token')
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;models;version' {
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;models;update-version' {
            [CompletionResult]::new('--description', '--description', [CompletionResultType]::ParameterName, 'What there is to say about it; nothing takes the old text away')
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;models;delete-version' {
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;models;alias' {
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;models;delete-alias' {
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;models;tag' {
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Tag this version and not the model: number, @ALIAS or latest')
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'phi3ml;models;delete-tag' {
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Take them off this version and not off the model: number, @ALIAS or latest')
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'phi3ml;models;stage' {
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--archive-existing-versions', '--archive-existing-versions', [CompletionResultType]::ParameterName, 'Move the versions that are in this stage to Archived')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;models;download' {
            [CompletionResult]::new('-d', '-d', [CompletionResultType]::ParameterName, 'Folder for the files [default: ./NAME-VERSION; of a .zip, its name]')
            [CompletionResult]::new('--dst-path', '--dst-path', [CompletionResultType]::ParameterName, 'Folder for the files [default: ./NAME-VERSION; of a .zip, its name]')
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;models;update-pip-requirements' {
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;models;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List all registered models')
            [CompletionResult]::new('search', 'search', [CompletionResultType]::ParameterValue, 'List the registered models that fit a filter')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Show a registered model')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Create a registered model that has no version yet')
            [CompletionResult]::new('update', 'update', [CompletionResultType]::ParameterValue, 'Change the description of a registered model')
            [CompletionResult]::new('rename', 'rename', [CompletionResultType]::ParameterValue, 'Give a registered model another name; its versions, aliases and tags go along')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Delete a registered model with all its versions')
            [CompletionResult]::new('versions', 'versions', [CompletionResultType]::ParameterValue, 'List the versions of a registered model, newest first')
            [CompletionResult]::new('version', 'version', [CompletionResultType]::ParameterValue, 'Show a version')
            [CompletionResult]::new('update-version', 'update-version', [CompletionResultType]::ParameterValue, 'Change the description of a version')
            [CompletionResult]::new('delete-version', 'delete-version', [CompletionResultType]::ParameterValue, 'Delete a version')
            [CompletionResult]::new('alias', 'alias', [CompletionResultType]::ParameterValue, 'Point an alias to a version, wherever it pointed before')
            [CompletionResult]::new('delete-alias', 'delete-alias', [CompletionResultType]::ParameterValue, 'Take an alias away; the version stays')
            [CompletionResult]::new('tag', 'tag', [CompletionResultType]::ParameterValue, 'Set tags of a registered model or of a version')
            [CompletionResult]::new('delete-tag', 'delete-tag', [CompletionResultType]::ParameterValue, 'Take tags off a registered model or a version')
            [CompletionResult]::new('stage', 'stage', [CompletionResultType]::ParameterValue, 'Move a version to a stage (MLflow prefers aliases today)')
            [CompletionResult]::new('download', 'download', [CompletionResultType]::ParameterValue, 'Fetch the files of a model, each checked against its digest')
            [CompletionResult]::new('update-pip-requirements', 'update-pip-requirements', [CompletionResultType]::ParameterValue, 'Change the requirements of a model that is packaged or logged already')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'phi3ml;models;help;list' {
            break
        }
        'phi3ml;models;help;search' {
            break
        }
        'phi3ml;models;help;get' {
            break
        }
        'phi3ml;models;help;create' {
            break
        }
        'phi3ml;models;help;update' {
            break
        }
        'phi3ml;models;help;rename' {
            break
        }
        'phi3ml;models;help;delete' {
            break
        }
        'phi3ml;models;help;versions' {
            break
        }
        'phi3ml;models;help;version' {
            break
        }
        'phi3ml;models;help;update-version' {
            break
        }
        'phi3ml;models;help;delete-version' {
            break
        }
        'phi3ml;models;help;alias' {
            break
        }
        'phi3ml;models;help;delete-alias' {
            break
        }
        'phi3ml;models;help;tag' {
            break
        }
        'phi3ml;models;help;delete-tag' {
            break
        }
        'phi3ml;models;help;stage' {
            break
        }
        'phi3ml;models;help;download' {
            break
        }
        'phi3ml;models;help;update-pip-requirements' {
            break
        }
        'phi3ml;models;help;help' {
            break
        }
        'phi3ml;experiments' {
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Create an experiment')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List experiments, the newest first')
            [CompletionResult]::new('search', 'search', [CompletionResultType]::ParameterValue, 'List the experiments that fit a filter')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Show an experiment')
            [CompletionResult]::new('rename', 'rename', [CompletionResultType]::ParameterValue, 'Give an experiment another name')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Put experiments into the bin, with their runs')
            [CompletionResult]::new('restore', 'restore', [CompletionResultType]::ParameterValue, 'Take experiments out of the bin')
            [CompletionResult]::new('set-tag', 'set-tag', [CompletionResultType]::ParameterValue, 'Note something on an experiment')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'phi3ml;experiments;create' {
            [CompletionResult]::new('--artifact-location', '--artifact-location', [CompletionResultType]::ParameterName, 'Where its artifacts will lie [default: the server decides]')
            [CompletionResult]::new('--description', '--description', [CompletionResultType]::ParameterName, 'What is said about it')
            [CompletionResult]::new('--tag', '--tag', [CompletionResultType]::ParameterName, 'Tag of the experiment')
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;experiments;list' {
            [CompletionResult]::new('--view', '--view', [CompletionResultType]::ParameterName, 'Whether those in the bin are listed')
            [CompletionResult]::new('--max-results', '--max-results', [CompletionResultType]::ParameterName, 'At most this many [default: all]')
            [CompletionResult]::new('--page-token', '--page-token', [CompletionResultType]::ParameterName, 'Go on where another list ended: its next_page_token')
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;experiments;search' {
            [CompletionResult]::new('--order-by', '--order-by', [CompletionResultType]::ParameterName, 'Order, such as: name ASC; further ones decide where the first is equal')
            [CompletionResult]::new('--view', '--view', [CompletionResultType]::ParameterName, 'Whether those in the bin are searched')
            [CompletionResult]::new('--max-results', '--max-results', [CompletionResultType]::ParameterName, 'At most this many [default: all]')
            [CompletionResult]::new('--page-token', '--page-token', [CompletionResultType]::ParameterName, 'Go on where another list ended: its next_page_token')
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;experiments;get' {
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;experiments;rename' {
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;experiments;delete' {
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;experiments;restore' {
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;experiments;set-tag' {
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;experiments;help' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Create an experiment')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List experiments, the newest first')
            [CompletionResult]::new('search', 'search', [CompletionResultType]::ParameterValue, 'List the experiments that fit a filter')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Show an experiment')
            [CompletionResult]::new('rename', 'rename', [CompletionResultType]::ParameterValue, 'Give an experiment another name')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Put experiments into the bin, with their runs')
            [CompletionResult]::new('restore', 'restore', [CompletionResultType]::ParameterValue, 'Take experiments out of the bin')
            [CompletionResult]::new('set-tag', 'set-tag', [CompletionResultType]::ParameterValue, 'Note something on an experiment')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'phi3ml;experiments;help;create' {
            break
        }
        'phi3ml;experiments;help;list' {
            break
        }
        'phi3ml;experiments;help;search' {
            break
        }
        'phi3ml;experiments;help;get' {
            break
        }
        'phi3ml;experiments;help;rename' {
            break
        }
        'phi3ml;experiments;help;delete' {
            break
        }
        'phi3ml;experiments;help;restore' {
            break
        }
        'phi3ml;experiments;help;set-tag' {
            break
        }
        'phi3ml;experiments;help;help' {
            break
        }
        'phi3ml;runs' {
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Create a run and leave it running')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the runs of an experiment, the newest first')
            [CompletionResult]::new('search', 'search', [CompletionResultType]::ParameterValue, 'List the runs that fit a filter')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Show a run, or several side by side')
            [CompletionResult]::new('finish', 'finish', [CompletionResultType]::ParameterValue, 'Say that a run has ended')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Put runs into the bin')
            [CompletionResult]::new('restore', 'restore', [CompletionResultType]::ParameterValue, 'Take runs out of the bin')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Write runs as CSV or JSON, however many there are')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'phi3ml;runs;create' {
            [CompletionResult]::new('--run-name', '--run-name', [CompletionResultType]::ParameterName, 'Its name [default: the server makes one up]')
            [CompletionResult]::new('--experiment-name', '--experiment-name', [CompletionResultType]::ParameterName, 'Its experiment, created where it is missing [env: MLFLOW_EXPERIMENT_NAME]')
            [CompletionResult]::new('--experiment-id', '--experiment-id', [CompletionResultType]::ParameterName, 'Its experiment, by id [env: MLFLOW_EXPERIMENT_ID] [default: 0]')
            [CompletionResult]::new('--parent-run-id', '--parent-run-id', [CompletionResultType]::ParameterName, 'The run that it is a part of; without an experiment it goes to that run''s')
            [CompletionResult]::new('--description', '--description', [CompletionResultType]::ParameterName, 'What is said about it')
            [CompletionResult]::new('--tag', '--tag', [CompletionResultType]::ParameterName, 'Tag of the run')
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;runs;list' {
            [CompletionResult]::new('--experiment-name', '--experiment-name', [CompletionResultType]::ParameterName, 'Experiment; may be given more than once [env: MLFLOW_EXPERIMENT_NAME]')
            [CompletionResult]::new('--experiment-id', '--experiment-id', [CompletionResultType]::ParameterName, 'Experiment, by id; may be given more than once [env: MLFLOW_EXPERIMENT_ID] [default: 0]')
            [CompletionResult]::new('--order-by', '--order-by', [CompletionResultType]::ParameterName, 'Order, such as: metrics.loss ASC; further ones decide where the first is equal')
            [CompletionResult]::new('--view', '--view', [CompletionResultType]::ParameterName, 'Whether runs in the bin are shown')
            [CompletionResult]::new('--max-results', '--max-results', [CompletionResultType]::ParameterName, 'At most this many [default: all]')
            [CompletionResult]::new('--page-token', '--page-token', [CompletionResultType]::ParameterName, 'Go on where another list ended: its next_page_token')
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--all-experiments', '--all-experiments', [CompletionResultType]::ParameterName, 'All experiments')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;runs;search' {
            [CompletionResult]::new('--experiment-name', '--experiment-name', [CompletionResultType]::ParameterName, 'Experiment; may be given more than once [env: MLFLOW_EXPERIMENT_NAME]')
            [CompletionResult]::new('--experiment-id', '--experiment-id', [CompletionResultType]::ParameterName, 'Experiment, by id; may be given more than once [env: MLFLOW_EXPERIMENT_ID] [default: 0]')
            [CompletionResult]::new('--order-by', '--order-by', [CompletionResultType]::ParameterName, 'Order, such as: metrics.loss ASC; further ones decide where the first is equal')
            [CompletionResult]::new('--view', '--view', [CompletionResultType]::ParameterName, 'Whether runs in the bin are shown')
            [CompletionResult]::new('--max-results', '--max-results', [CompletionResultType]::ParameterName, 'At most this many [default: all]')
            [CompletionResult]::new('--page-token', '--page-token', [CompletionResultType]::ParameterName, 'Go on where another list ended: its next_page_token')
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--all-experiments', '--all-experiments', [CompletionResultType]::ParameterName, 'All experiments')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;runs;get' {
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;runs;finish' {
            [CompletionResult]::new('--status', '--status', [CompletionResultType]::ParameterName, 'How it ended')
            [CompletionResult]::new('--end-time', '--end-time', [CompletionResultType]::ParameterName, 'When it ended, in milliseconds since 1970 [default: now]')
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;runs;delete' {
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;runs;restore' {
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;runs;export' {
            [CompletionResult]::new('--filter', '--filter', [CompletionResultType]::ParameterName, 'Only runs that fit, in MLflow''s filter language')
            [CompletionResult]::new('--experiment-name', '--experiment-name', [CompletionResultType]::ParameterName, 'Experiment; may be given more than once [env: MLFLOW_EXPERIMENT_NAME]')
            [CompletionResult]::new('--experiment-id', '--experiment-id', [CompletionResultType]::ParameterName, 'Experiment, by id; may be given more than once [env: MLFLOW_EXPERIMENT_ID] [default: 0]')
            [CompletionResult]::new('--order-by', '--order-by', [CompletionResultType]::ParameterName, 'Order, such as: metrics.loss ASC; further ones decide where the first is equal')
            [CompletionResult]::new('--view', '--view', [CompletionResultType]::ParameterName, 'Whether runs in the bin are shown')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How they are written [default: csv, or what --output says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Columns of CSV, such as: run_id,params.lr,metrics.loss [default: all, for which runs are read twice]')
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--all-experiments', '--all-experiments', [CompletionResultType]::ParameterName, 'All experiments')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;runs;help' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Create a run and leave it running')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the runs of an experiment, the newest first')
            [CompletionResult]::new('search', 'search', [CompletionResultType]::ParameterValue, 'List the runs that fit a filter')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Show a run, or several side by side')
            [CompletionResult]::new('finish', 'finish', [CompletionResultType]::ParameterValue, 'Say that a run has ended')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Put runs into the bin')
            [CompletionResult]::new('restore', 'restore', [CompletionResultType]::ParameterValue, 'Take runs out of the bin')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Write runs as CSV or JSON, however many there are')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'phi3ml;runs;help;create' {
            break
        }
        'phi3ml;runs;help;list' {
            break
        }
        'phi3ml;runs;help;search' {
            break
        }
        'phi3ml;runs;help;get' {
            break
        }
        'phi3ml;runs;help;finish' {
            break
        }
        'phi3ml;runs;help;delete' {
            break
        }
        'phi3ml;runs;help;restore' {
            break
        }
        'phi3ml;runs;help;export' {
            break
        }
        'phi3ml;runs;help;help' {
            break
        }
        'phi3ml;log-params' {
            [CompletionResult]::new('--run-id', '--run-id', [CompletionResultType]::ParameterName, 'The run [env: MLFLOW_RUN_ID]')
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--truncate', '--truncate', [CompletionResultType]::ParameterName, 'Cut values that are longer than MLflow keeps, instead of stopping')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;log-metrics' {
            [CompletionResult]::new('--run-id', '--run-id', [CompletionResultType]::ParameterName, 'The run [env: MLFLOW_RUN_ID]')
            [CompletionResult]::new('--step', '--step', [CompletionResultType]::ParameterName, 'The step at which they were measured')
            [CompletionResult]::new('--timestamp', '--timestamp', [CompletionResultType]::ParameterName, 'When they were measured, in milliseconds since 1970 [default: now]')
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;set-tags' {
            [CompletionResult]::new('--run-id', '--run-id', [CompletionResultType]::ParameterName, 'The run [env: MLFLOW_RUN_ID]')
            [CompletionResult]::new('--delete', '--delete', [CompletionResultType]::ParameterName, 'Take this tag off')
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;log-batch' {
            [CompletionResult]::new('--run-id', '--run-id', [CompletionResultType]::ParameterName, 'The run [env: MLFLOW_RUN_ID]')
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--check', '--check', [CompletionResultType]::ParameterName, 'Read all of it before anything is sent, and send nothing if any line is bad')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;log-artifacts' {
            [CompletionResult]::new('--run-id', '--run-id', [CompletionResultType]::ParameterName, 'The run [env: MLFLOW_RUN_ID]')
            [CompletionResult]::new('--artifact-path', '--artifact-path', [CompletionResultType]::ParameterName, 'Folder of the run that they go into [default: its root]')
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--fresh', '--fresh', [CompletionResultType]::ParameterName, 'Forget what an earlier, interrupted call left to be continued')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;artifacts' {
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List what lies in a folder')
            [CompletionResult]::new('download', 'download', [CompletionResultType]::ParameterValue, 'Fetch a file, or a folder with all that is below it')
            [CompletionResult]::new('cat', 'cat', [CompletionResultType]::ParameterValue, 'Write a file on stdout')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Delete a file, or a folder with all that is below it')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'phi3ml;artifacts;list' {
            [CompletionResult]::new('--run-id', '--run-id', [CompletionResultType]::ParameterName, 'Those of this run')
            [CompletionResult]::new('--artifact-uri', '--artifact-uri', [CompletionResultType]::ParameterName, 'Those at models:/NAME/VERSION[/PATH], runs:/RUN_ID/PATH, or an address such as mlflow-artifacts:/…')
            [CompletionResult]::new('--artifact-path', '--artifact-path', [CompletionResultType]::ParameterName, 'A file or folder below that')
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-R', '-R ', [CompletionResultType]::ParameterName, 'All files and folders below it, too')
            [CompletionResult]::new('--recursive', '--recursive', [CompletionResultType]::ParameterName, 'All files and folders below it, too')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;artifacts;download' {
            [CompletionResult]::new('--run-id', '--run-id', [CompletionResultType]::ParameterName, 'Those of this run')
            [CompletionResult]::new('--artifact-uri', '--artifact-uri', [CompletionResultType]::ParameterName, 'Those at models:/NAME/VERSION[/PATH], runs:/RUN_ID/PATH, or an address such as mlflow-artifacts:/…')
            [CompletionResult]::new('--artifact-path', '--artifact-path', [CompletionResultType]::ParameterName, 'A file or folder below that')
            [CompletionResult]::new('-d', '-d', [CompletionResultType]::ParameterName, 'Folder for the files, which keep their path in it [default: . or, without a path, one named after the run]')
            [CompletionResult]::new('--dst-path', '--dst-path', [CompletionResultType]::ParameterName, 'Folder for the files, which keep their path in it [default: . or, without a path, one named after the run]')
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;artifacts;cat' {
            [CompletionResult]::new('--run-id', '--run-id', [CompletionResultType]::ParameterName, 'Those of this run')
            [CompletionResult]::new('--artifact-uri', '--artifact-uri', [CompletionResultType]::ParameterName, 'Those at models:/NAME/VERSION[/PATH], runs:/RUN_ID/PATH, or an address such as mlflow-artifacts:/…')
            [CompletionResult]::new('--artifact-path', '--artifact-path', [CompletionResultType]::ParameterName, 'A file or folder below that')
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;artifacts;delete' {
            [CompletionResult]::new('--run-id', '--run-id', [CompletionResultType]::ParameterName, 'Those of this run')
            [CompletionResult]::new('--artifact-uri', '--artifact-uri', [CompletionResultType]::ParameterName, 'Those at models:/NAME/VERSION[/PATH], runs:/RUN_ID/PATH, or an address such as mlflow-artifacts:/…')
            [CompletionResult]::new('--artifact-path', '--artifact-path', [CompletionResultType]::ParameterName, 'A file or folder below that')
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Delete all of it where no path is named')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;artifacts;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List what lies in a folder')
            [CompletionResult]::new('download', 'download', [CompletionResultType]::ParameterValue, 'Fetch a file, or a folder with all that is below it')
            [CompletionResult]::new('cat', 'cat', [CompletionResultType]::ParameterValue, 'Write a file on stdout')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Delete a file, or a folder with all that is below it')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'phi3ml;artifacts;help;list' {
            break
        }
        'phi3ml;artifacts;help;download' {
            break
        }
        'phi3ml;artifacts;help;cat' {
            break
        }
        'phi3ml;artifacts;help;delete' {
            break
        }
        'phi3ml;artifacts;help;help' {
            break
        }
        'phi3ml;log-inputs' {
            [CompletionResult]::new('--run-id', '--run-id', [CompletionResultType]::ParameterName, 'The run [env: MLFLOW_RUN_ID]')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'Name of the dataset')
            [CompletionResult]::new('--source', '--source', [CompletionResultType]::ParameterName, 'Where it comes from: an address, or a path')
            [CompletionResult]::new('--digest', '--digest', [CompletionResultType]::ParameterName, 'What tells it from another of its name [default: made from the source]')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'What it was for, such as training')
            [CompletionResult]::new('--tag', '--tag', [CompletionResultType]::ParameterName, 'Tag of this use of it')
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;metrics' {
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('history', 'history', [CompletionResultType]::ParameterValue, 'Every point of a metric of a run')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'phi3ml;metrics;history' {
            [CompletionResult]::new('--run-id', '--run-id', [CompletionResultType]::ParameterName, 'The run [env: MLFLOW_RUN_ID]')
            [CompletionResult]::new('--max-results', '--max-results', [CompletionResultType]::ParameterName, 'At most this many [default: all]')
            [CompletionResult]::new('--page-token', '--page-token', [CompletionResultType]::ParameterName, 'Go on where another list ended: its next_page_token')
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--plot', '--plot', [CompletionResultType]::ParameterName, 'Draw it, where the output is text')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;metrics;help' {
            [CompletionResult]::new('history', 'history', [CompletionResultType]::ParameterValue, 'Every point of a metric of a run')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'phi3ml;metrics;help;history' {
            break
        }
        'phi3ml;metrics;help;help' {
            break
        }
        'phi3ml;sync' {
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'Where to: http(s)://… or sqlite:///FILE')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Where from: http(s)://…, sqlite:///FILE, or a folder of MLflow''s files such as ./mlruns [default: the tracking URI]')
            [CompletionResult]::new('--to-workspace', '--to-workspace', [CompletionResultType]::ParameterName, 'Workspace at the target, where it is another than `--workspace`, which is that of the source')
            [CompletionResult]::new('--experiment', '--experiment', [CompletionResultType]::ParameterName, 'Only this experiment; may be given more than once')
            [CompletionResult]::new('--run-id', '--run-id', [CompletionResultType]::ParameterName, 'Only this run, with the models that came out of it; may be given more than once')
            [CompletionResult]::new('--model', '--model', [CompletionResultType]::ParameterName, 'Only this registered model, with the logged models and runs of its versions; may be given more than once')
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;verify' {
            [CompletionResult]::new('--against', '--against', [CompletionResultType]::ParameterName, 'Compare with the files in this folder: a copy of the model, or the folder that it was logged from')
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;predict' {
            [CompletionResult]::new('-m', '-m', [CompletionResultType]::ParameterName, 'models:/NAME/VERSION (or latest, or a stage), models:/NAME@ALIAS, models:/m-ID, runs:/RUN_ID/PATH, mlflow-artifacts:/PATH, or a folder')
            [CompletionResult]::new('--model-uri', '--model-uri', [CompletionResultType]::ParameterName, 'models:/NAME/VERSION (or latest, or a stage), models:/NAME@ALIAS, models:/m-ID, runs:/RUN_ID/PATH, mlflow-artifacts:/PATH, or a folder')
            [CompletionResult]::new('--prompt', '--prompt', [CompletionResultType]::ParameterName, 'The prompt')
            [CompletionResult]::new('--prompt-file', '--prompt-file', [CompletionResultType]::ParameterName, 'File that holds the prompt')
            [CompletionResult]::new('--message', '--message', [CompletionResultType]::ParameterName, 'One user message, answered as a chat completion')
            [CompletionResult]::new('--system', '--system', [CompletionResultType]::ParameterName, 'System message that goes before it')
            [CompletionResult]::new('--messages', '--messages', [CompletionResultType]::ParameterName, 'Conversation as a JSON list of {role, content}, or @FILE')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'File with many prompts or conversations, or - for stdin')
            [CompletionResult]::new('--input-path', '--input-path', [CompletionResultType]::ParameterName, 'File with many prompts or conversations, or - for stdin')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'What the file holds [default: as its name says, else json]')
            [CompletionResult]::new('--content-type', '--content-type', [CompletionResultType]::ParameterName, 'What the file holds [default: as its name says, else json]')
            [CompletionResult]::new('--expect', '--expect', [CompletionResultType]::ParameterName, 'Text that the answer must hold; all of them if given more than once')
            [CompletionResult]::new('--expect-regex', '--expect-regex', [CompletionResultType]::ParameterName, 'Regular expression that the answer must match; all of them if given more than once')
            [CompletionResult]::new('--max-tokens', '--max-tokens', [CompletionResultType]::ParameterName, 'At most this many new tokens')
            [CompletionResult]::new('--max-length', '--max-length', [CompletionResultType]::ParameterName, 'At most this many tokens, the prompt included [default: the model''s own, as far as 4096, or 1024 more than the prompt if that is more]')
            [CompletionResult]::new('--min-length', '--min-length', [CompletionResultType]::ParameterName, 'No end before this many tokens, the prompt included')
            [CompletionResult]::new('--temperature', '--temperature', [CompletionResultType]::ParameterName, 'Flatness of the draw; 0 is greedy')
            [CompletionResult]::new('--top-k', '--top-k', [CompletionResultType]::ParameterName, 'Draw among the K likeliest tokens')
            [CompletionResult]::new('--top-p', '--top-p', [CompletionResultType]::ParameterName, 'Draw among the likeliest tokens that together have probability P; 0 and 1 are all')
            [CompletionResult]::new('--repetition-penalty', '--repetition-penalty', [CompletionResultType]::ParameterName, 'Make tokens that were there already less likely')
            [CompletionResult]::new('--no-repeat-ngram-size', '--no-repeat-ngram-size', [CompletionResultType]::ParameterName, 'Let no N tokens in a row come twice')
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'Same seed, same draw; -1 is another each time')
            [CompletionResult]::new('--stop', '--stop', [CompletionResultType]::ParameterName, 'End the answer before this text')
            [CompletionResult]::new('--num-beams', '--num-beams', [CompletionResultType]::ParameterName, 'Follow the N likeliest sequences side by side and answer with the best')
            [CompletionResult]::new('--num-return-sequences', '--num-return-sequences', [CompletionResultType]::ParameterName, 'Give the N best sequences of a beam search: `outputs` in JSON, `choices` for messages')
            [CompletionResult]::new('--length-penalty', '--length-penalty', [CompletionResultType]::ParameterName, 'Let a beam search prefer longer sequences (above 0) or shorter ones (below 0)')
            [CompletionResult]::new('--early-stopping', '--early-stopping', [CompletionResultType]::ParameterName, 'End a beam search with its Nth sequence, and not once no other can be better')
            [CompletionResult]::new('--chunk-size', '--chunk-size', [CompletionResultType]::ParameterName, 'Tokens of the prompt that are computed at once')
            [CompletionResult]::new('--threads', '--threads', [CompletionResultType]::ParameterName, 'Threads to compute with [default: the number of cores]')
            [CompletionResult]::new('--engine', '--engine', [CompletionResultType]::ParameterName, 'ONNX Runtime where its library is found and else rten; or one of them')
            [CompletionResult]::new('--ort-lib', '--ort-lib', [CompletionResultType]::ParameterName, 'ONNX Runtime library to use')
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--raw', '--raw', [CompletionResultType]::ParameterName, 'Take prompts as they are, without the chat template')
            [CompletionResult]::new('--no-stream', '--no-stream', [CompletionResultType]::ParameterName, 'Write the answer at the end and not while it is made')
            [CompletionResult]::new('--stats', '--stats', [CompletionResultType]::ParameterName, 'Tell on stderr how long it took and how much memory')
            [CompletionResult]::new('--do-sample', '--do-sample', [CompletionResultType]::ParameterName, 'Draw from the likely tokens instead of taking the likeliest')
            [CompletionResult]::new('--greedy', '--greedy', [CompletionResultType]::ParameterName, 'Take the likeliest token always')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;chat' {
            [CompletionResult]::new('-m', '-m', [CompletionResultType]::ParameterName, 'models:/NAME/VERSION (or latest, or a stage), models:/NAME@ALIAS, models:/m-ID, runs:/RUN_ID/PATH, mlflow-artifacts:/PATH, or a folder')
            [CompletionResult]::new('--model-uri', '--model-uri', [CompletionResultType]::ParameterName, 'models:/NAME/VERSION (or latest, or a stage), models:/NAME@ALIAS, models:/m-ID, runs:/RUN_ID/PATH, mlflow-artifacts:/PATH, or a folder')
            [CompletionResult]::new('--system', '--system', [CompletionResultType]::ParameterName, 'System message that the conversation begins with')
            [CompletionResult]::new('--max-tokens', '--max-tokens', [CompletionResultType]::ParameterName, 'At most this many new tokens')
            [CompletionResult]::new('--max-length', '--max-length', [CompletionResultType]::ParameterName, 'At most this many tokens, the prompt included [default: the model''s own, as far as 4096, or 1024 more than the prompt if that is more]')
            [CompletionResult]::new('--min-length', '--min-length', [CompletionResultType]::ParameterName, 'No end before this many tokens, the prompt included')
            [CompletionResult]::new('--temperature', '--temperature', [CompletionResultType]::ParameterName, 'Flatness of the draw; 0 is greedy')
            [CompletionResult]::new('--top-k', '--top-k', [CompletionResultType]::ParameterName, 'Draw among the K likeliest tokens')
            [CompletionResult]::new('--top-p', '--top-p', [CompletionResultType]::ParameterName, 'Draw among the likeliest tokens that together have probability P; 0 and 1 are all')
            [CompletionResult]::new('--repetition-penalty', '--repetition-penalty', [CompletionResultType]::ParameterName, 'Make tokens that were there already less likely')
            [CompletionResult]::new('--no-repeat-ngram-size', '--no-repeat-ngram-size', [CompletionResultType]::ParameterName, 'Let no N tokens in a row come twice')
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'Same seed, same draw; -1 is another each time')
            [CompletionResult]::new('--stop', '--stop', [CompletionResultType]::ParameterName, 'End the answer before this text')
            [CompletionResult]::new('--num-beams', '--num-beams', [CompletionResultType]::ParameterName, 'Follow the N likeliest sequences side by side and answer with the best')
            [CompletionResult]::new('--num-return-sequences', '--num-return-sequences', [CompletionResultType]::ParameterName, 'Give the N best sequences of a beam search: `outputs` in JSON, `choices` for messages')
            [CompletionResult]::new('--length-penalty', '--length-penalty', [CompletionResultType]::ParameterName, 'Let a beam search prefer longer sequences (above 0) or shorter ones (below 0)')
            [CompletionResult]::new('--early-stopping', '--early-stopping', [CompletionResultType]::ParameterName, 'End a beam search with its Nth sequence, and not once no other can be better')
            [CompletionResult]::new('--chunk-size', '--chunk-size', [CompletionResultType]::ParameterName, 'Tokens of the prompt that are computed at once')
            [CompletionResult]::new('--threads', '--threads', [CompletionResultType]::ParameterName, 'Threads to compute with [default: the number of cores]')
            [CompletionResult]::new('--engine', '--engine', [CompletionResultType]::ParameterName, 'ONNX Runtime where its library is found and else rten; or one of them')
            [CompletionResult]::new('--ort-lib', '--ort-lib', [CompletionResultType]::ParameterName, 'ONNX Runtime library to use')
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--do-sample', '--do-sample', [CompletionResultType]::ParameterName, 'Draw from the likely tokens instead of taking the likeliest')
            [CompletionResult]::new('--greedy', '--greedy', [CompletionResultType]::ParameterName, 'Take the likeliest token always')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;bench' {
            [CompletionResult]::new('-m', '-m', [CompletionResultType]::ParameterName, 'models:/NAME/VERSION (or latest, or a stage), models:/NAME@ALIAS, models:/m-ID, runs:/RUN_ID/PATH, mlflow-artifacts:/PATH, or a folder')
            [CompletionResult]::new('--model-uri', '--model-uri', [CompletionResultType]::ParameterName, 'models:/NAME/VERSION (or latest, or a stage), models:/NAME@ALIAS, models:/m-ID, runs:/RUN_ID/PATH, mlflow-artifacts:/PATH, or a folder')
            [CompletionResult]::new('--prompt-lengths', '--prompt-lengths', [CompletionResultType]::ParameterName, 'Lengths of the prompts in tokens [default: 16,128,512, as far as the model''s context goes]')
            [CompletionResult]::new('--threads', '--threads', [CompletionResultType]::ParameterName, 'Numbers of threads to compute with [default: the number of cores]')
            [CompletionResult]::new('--new-tokens', '--new-tokens', [CompletionResultType]::ParameterName, 'Tokens of each answer')
            [CompletionResult]::new('--repeat', '--repeat', [CompletionResultType]::ParameterName, 'How often each prompt is answered')
            [CompletionResult]::new('--engine', '--engine', [CompletionResultType]::ParameterName, 'ONNX Runtime where its library is found and else rten; or one of them')
            [CompletionResult]::new('--ort-lib', '--ort-lib', [CompletionResultType]::ParameterName, 'ONNX Runtime library to use')
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;cache' {
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List what is kept, the longest unused first')
            [CompletionResult]::new('prune', 'prune', [CompletionResultType]::ParameterValue, 'Remove the longest unused models, as many as it takes; none that is in use')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'phi3ml;cache;list' {
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;cache;prune' {
            [CompletionResult]::new('--max-size', '--max-size', [CompletionResultType]::ParameterName, 'Leave at most this much, such as 5GB; 0 removes all [default: PHI3ML_CACHE_SIZE, or 20GB]')
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;cache;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List what is kept, the longest unused first')
            [CompletionResult]::new('prune', 'prune', [CompletionResultType]::ParameterValue, 'Remove the longest unused models, as many as it takes; none that is in use')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'phi3ml;cache;help;list' {
            break
        }
        'phi3ml;cache;help;prune' {
            break
        }
        'phi3ml;cache;help;help' {
            break
        }
        'phi3ml;runtime' {
            [CompletionResult]::new('--ort-lib', '--ort-lib', [CompletionResultType]::ParameterName, 'ONNX Runtime library to look at first')
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('install', 'install', [CompletionResultType]::ParameterValue, 'Fetch the library with pip and check it against its known digest')
            [CompletionResult]::new('path', 'path', [CompletionResultType]::ParameterValue, 'Print the path of the library that is used')
            [CompletionResult]::new('probe', 'probe', [CompletionResultType]::ParameterValue, 'Load a library and end; it may take this process down')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'phi3ml;runtime;install' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Take it from a wheel or a library file instead of fetching it')
            [CompletionResult]::new('--ort-lib', '--ort-lib', [CompletionResultType]::ParameterName, 'ONNX Runtime library to look at first')
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;runtime;path' {
            [CompletionResult]::new('--ort-lib', '--ort-lib', [CompletionResultType]::ParameterName, 'ONNX Runtime library to look at first')
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;runtime;probe' {
            [CompletionResult]::new('--ort-lib', '--ort-lib', [CompletionResultType]::ParameterName, 'ONNX Runtime library to look at first')
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;runtime;help' {
            [CompletionResult]::new('install', 'install', [CompletionResultType]::ParameterValue, 'Fetch the library with pip and check it against its known digest')
            [CompletionResult]::new('path', 'path', [CompletionResultType]::ParameterValue, 'Print the path of the library that is used')
            [CompletionResult]::new('probe', 'probe', [CompletionResultType]::ParameterValue, 'Load a library and end; it may take this process down')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'phi3ml;runtime;help;install' {
            break
        }
        'phi3ml;runtime;help;path' {
            break
        }
        'phi3ml;runtime;help;probe' {
            break
        }
        'phi3ml;runtime;help;help' {
            break
        }
        'phi3ml;doctor' {
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;config' {
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Print each setting, its value and where it came from; secrets are masked')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'phi3ml;config;show' {
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;config;help' {
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Print each setting, its value and where it came from; secrets are masked')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'phi3ml;config;help;show' {
            break
        }
        'phi3ml;config;help;help' {
            break
        }
        'phi3ml;api' {
            [CompletionResult]::new('--data', '--data', [CompletionResultType]::ParameterName, 'JSON to send, or @FILE, or @- for stdin')
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;completions' {
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;man' {
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;reference' {
            [CompletionResult]::new('--tracking-uri', '--tracking-uri', [CompletionResultType]::ParameterName, 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]')
            [CompletionResult]::new('--registry-uri', '--registry-uri', [CompletionResultType]::ParameterName, 'Model registry [default: the tracking server]')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace on the server, where it has workspaces')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are written on stdout')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'How progress is shown on stderr')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on stderr but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more; twice: every request')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read, but write nothing anywhere: say what would be done')
            [CompletionResult]::new('--print-curl', '--print-curl', [CompletionResultType]::ParameterName, 'Show each request as a curl command on stderr, with secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask no package registry for anything; the tracking server and the cache stay in use')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'phi3ml;help' {
            [CompletionResult]::new('log-model', 'log-model', [CompletionResultType]::ParameterValue, 'Package a model folder, upload it to a run, and register it where asked')
            [CompletionResult]::new('package', 'package', [CompletionResultType]::ParameterValue, 'Package a model as an MLflow model folder or a .zip, without a server')
            [CompletionResult]::new('inspect', 'inspect', [CompletionResultType]::ParameterValue, 'Show what is in a model: flavors, signature, examples, requirements, files')
            [CompletionResult]::new('register', 'register', [CompletionResultType]::ParameterValue, 'Make a version of a registered model from a logged model')
            [CompletionResult]::new('models', 'models', [CompletionResultType]::ParameterValue, 'Look after registered models: versions, aliases, tags, stages')
            [CompletionResult]::new('experiments', 'experiments', [CompletionResultType]::ParameterValue, 'Create, find and tidy up experiments')
            [CompletionResult]::new('runs', 'runs', [CompletionResultType]::ParameterValue, 'Create, find, compare, finish and export runs')
            [CompletionResult]::new('log-params', 'log-params', [CompletionResultType]::ParameterValue, 'Log params to a run')
            [CompletionResult]::new('log-metrics', 'log-metrics', [CompletionResultType]::ParameterValue, 'Log metrics to a run')
            [CompletionResult]::new('set-tags', 'set-tags', [CompletionResultType]::ParameterValue, 'Set tags of a run, or take them off')
            [CompletionResult]::new('log-batch', 'log-batch', [CompletionResultType]::ParameterValue, 'Log many params, metrics and tags from a file')
            [CompletionResult]::new('log-artifacts', 'log-artifacts', [CompletionResultType]::ParameterValue, 'Upload files and the contents of folders to a run')
            [CompletionResult]::new('artifacts', 'artifacts', [CompletionResultType]::ParameterValue, 'Look at, fetch or delete the artifacts of a run or a model')
            [CompletionResult]::new('log-inputs', 'log-inputs', [CompletionResultType]::ParameterValue, 'Note on a run which dataset went into it')
            [CompletionResult]::new('metrics', 'metrics', [CompletionResultType]::ParameterValue, 'Look at what was measured')
            [CompletionResult]::new('sync', 'sync', [CompletionResultType]::ParameterValue, 'Copy experiments, runs and models to another server or database, each once')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Compare every byte of a model with its recorded SHA-256 digests')
            [CompletionResult]::new('predict', 'predict', [CompletionResultType]::ParameterValue, 'Ask a model something, as a smoke test, or answer a file of prompts')
            [CompletionResult]::new('chat', 'chat', [CompletionResultType]::ParameterValue, 'Talk with a model, line by line')
            [CompletionResult]::new('bench', 'bench', [CompletionResultType]::ParameterValue, 'Measure how fast a model loads and answers, and how much memory it takes')
            [CompletionResult]::new('cache', 'cache', [CompletionResultType]::ParameterValue, 'Look at the models that were fetched, and make room')
            [CompletionResult]::new('runtime', 'runtime', [CompletionResultType]::ParameterValue, 'Find or fetch the ONNX Runtime library')
            [CompletionResult]::new('doctor', 'doctor', [CompletionResultType]::ParameterValue, 'Find out what works and what is missing: server, access, artifacts, ONNX Runtime')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Show what phi3ml works with')
            [CompletionResult]::new('api', 'api', [CompletionResultType]::ParameterValue, 'Send any request to the tracking server, with credentials')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completions for a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual page')
            [CompletionResult]::new('reference', 'reference', [CompletionResultType]::ParameterValue, 'Print the reference of all commands, as the README holds it')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'phi3ml;help;log-model' {
            break
        }
        'phi3ml;help;package' {
            break
        }
        'phi3ml;help;inspect' {
            break
        }
        'phi3ml;help;register' {
            break
        }
        'phi3ml;help;models' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List all registered models')
            [CompletionResult]::new('search', 'search', [CompletionResultType]::ParameterValue, 'List the registered models that fit a filter')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Show a registered model')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Create a registered model that has no version yet')
            [CompletionResult]::new('update', 'update', [CompletionResultType]::ParameterValue, 'Change the description of a registered model')
            [CompletionResult]::new('rename', 'rename', [CompletionResultType]::ParameterValue, 'Give a registered model another name; its versions, aliases and tags go along')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Delete a registered model with all its versions')
            [CompletionResult]::new('versions', 'versions', [CompletionResultType]::ParameterValue, 'List the versions of a registered model, newest first')
            [CompletionResult]::new('version', 'version', [CompletionResultType]::ParameterValue, 'Show a version')
            [CompletionResult]::new('update-version', 'update-version', [CompletionResultType]::ParameterValue, 'Change the description of a version')
            [CompletionResult]::new('delete-version', 'delete-version', [CompletionResultType]::ParameterValue, 'Delete a version')
            [CompletionResult]::new('alias', 'alias', [CompletionResultType]::ParameterValue, 'Point an alias to a version, wherever it pointed before')
            [CompletionResult]::new('delete-alias', 'delete-alias', [CompletionResultType]::ParameterValue, 'Take an alias away; the version stays')
            [CompletionResult]::new('tag', 'tag', [CompletionResultType]::ParameterValue, 'Set tags of a registered model or of a version')
            [CompletionResult]::new('delete-tag', 'delete-tag', [CompletionResultType]::ParameterValue, 'Take tags off a registered model or a version')
            [CompletionResult]::new('stage', 'stage', [CompletionResultType]::ParameterValue, 'Move a version to a stage (MLflow prefers aliases today)')
            [CompletionResult]::new('download', 'download', [CompletionResultType]::ParameterValue, 'Fetch the files of a model, each checked against its digest')
            [CompletionResult]::new('update-pip-requirements', 'update-pip-requirements', [CompletionResultType]::ParameterValue, 'Change the requirements of a model that is packaged or logged already')
            break
        }
        'phi3ml;help;models;list' {
            break
        }
        'phi3ml;help;models;search' {
            break
        }
        'phi3ml;help;models;get' {
            break
        }
        'phi3ml;help;models;create' {
            break
        }
        'phi3ml;help;models;update' {
            break
        }
        'phi3ml;help;models;rename' {
            break
        }
        'phi3ml;help;models;delete' {
            break
        }
        'phi3ml;help;models;versions' {
            break
        }
        'phi3ml;help;models;version' {
            break
        }
        'phi3ml;help;models;update-version' {
            break
        }
        'phi3ml;help;models;delete-version' {
            break
        }
        'phi3ml;help;models;alias' {
            break
        }
        'phi3ml;help;models;delete-alias' {
            break
        }
        'phi3ml;help;models;tag' {
            break
        }
        'phi3ml;help;models;delete-tag' {
            break
        }
        'phi3ml;help;models;stage' {
            break
        }
        'phi3ml;help;models;download' {
            break
        }
        'phi3ml;help;models;update-pip-requirements' {
            break
        }
        'phi3ml;help;experiments' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Create an experiment')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List experiments, the newest first')
            [CompletionResult]::new('search', 'search', [CompletionResultType]::ParameterValue, 'List the experiments that fit a filter')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Show an experiment')
            [CompletionResult]::new('rename', 'rename', [CompletionResultType]::ParameterValue, 'Give an experiment another name')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Put experiments into the bin, with their runs')
            [CompletionResult]::new('restore', 'restore', [CompletionResultType]::ParameterValue, 'Take experiments out of the bin')
            [CompletionResult]::new('set-tag', 'set-tag', [CompletionResultType]::ParameterValue, 'Note something on an experiment')
            break
        }
        'phi3ml;help;experiments;create' {
            break
        }
        'phi3ml;help;experiments;list' {
            break
        }
        'phi3ml;help;experiments;search' {
            break
        }
        'phi3ml;help;experiments;get' {
            break
        }
        'phi3ml;help;experiments;rename' {
            break
        }
        'phi3ml;help;experiments;delete' {
            break
        }
        'phi3ml;help;experiments;restore' {
            break
        }
        'phi3ml;help;experiments;set-tag' {
            break
        }
        'phi3ml;help;runs' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Create a run and leave it running')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the runs of an experiment, the newest first')
            [CompletionResult]::new('search', 'search', [CompletionResultType]::ParameterValue, 'List the runs that fit a filter')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Show a run, or several side by side')
            [CompletionResult]::new('finish', 'finish', [CompletionResultType]::ParameterValue, 'Say that a run has ended')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Put runs into the bin')
            [CompletionResult]::new('restore', 'restore', [CompletionResultType]::ParameterValue, 'Take runs out of the bin')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Write runs as CSV or JSON, however many there are')
            break
        }
        'phi3ml;help;runs;create' {
            break
        }
        'phi3ml;help;runs;list' {
            break
        }
        'phi3ml;help;runs;search' {
            break
        }
        'phi3ml;help;runs;get' {
            break
        }
        'phi3ml;help;runs;finish' {
            break
        }
        'phi3ml;help;runs;delete' {
            break
        }
        'phi3ml;help;runs;restore' {
            break
        }
        'phi3ml;help;runs;export' {
            break
        }
        'phi3ml;help;log-params' {
            break
        }
        'phi3ml;help;log-metrics' {
            break
        }
        'phi3ml;help;set-tags' {
            break
        }
        'phi3ml;help;log-batch' {
            break
        }
        'phi3ml;help;log-artifacts' {
            break
        }
        'phi3ml;help;artifacts' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List what lies in a folder')
            [CompletionResult]::new('download', 'download', [CompletionResultType]::ParameterValue, 'Fetch a file, or a folder with all that is below it')
            [CompletionResult]::new('cat', 'cat', [CompletionResultType]::ParameterValue, 'Write a file on stdout')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Delete a file, or a folder with all that is below it')
            break
        }
        'phi3ml;help;artifacts;list' {
            break
        }
        'phi3ml;help;artifacts;download' {
            break
        }
        'phi3ml;help;artifacts;cat' {
            break
        }
        'phi3ml;help;artifacts;delete' {
            break
        }
        'phi3ml;help;log-inputs' {
            break
        }
        'phi3ml;help;metrics' {
            [CompletionResult]::new('history', 'history', [CompletionResultType]::ParameterValue, 'Every point of a metric of a run')
            break
        }
        'phi3ml;help;metrics;history' {
            break
        }
        'phi3ml;help;sync' {
            break
        }
        'phi3ml;help;verify' {
            break
        }
        'phi3ml;help;predict' {
            break
        }
        'phi3ml;help;chat' {
            break
        }
        'phi3ml;help;bench' {
            break
        }
        'phi3ml;help;cache' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List what is kept, the longest unused first')
            [CompletionResult]::new('prune', 'prune', [CompletionResultType]::ParameterValue, 'Remove the longest unused models, as many as it takes; none that is in use')
            break
        }
        'phi3ml;help;cache;list' {
            break
        }
        'phi3ml;help;cache;prune' {
            break
        }
        'phi3ml;help;runtime' {
            [CompletionResult]::new('install', 'install', [CompletionResultType]::ParameterValue, 'Fetch the library with pip and check it against its known digest')
            [CompletionResult]::new('path', 'path', [CompletionResultType]::ParameterValue, 'Print the path of the library that is used')
            [CompletionResult]::new('probe', 'probe', [CompletionResultType]::ParameterValue, 'Load a library and end; it may take this process down')
            break
        }
        'phi3ml;help;runtime;install' {
            break
        }
        'phi3ml;help;runtime;path' {
            break
        }
        'phi3ml;help;runtime;probe' {
            break
        }
        'phi3ml;help;doctor' {
            break
        }
        'phi3ml;help;config' {
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Print each setting, its value and where it came from; secrets are masked')
            break
        }
        'phi3ml;help;config;show' {
            break
        }
        'phi3ml;help;api' {
            break
        }
        'phi3ml;help;completions' {
            break
        }
        'phi3ml;help;man' {
            break
        }
        'phi3ml;help;reference' {
            break
        }
        'phi3ml;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
