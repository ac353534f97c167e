# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_phi3ml_global_optspecs
    string join \n tracking-uri= registry-uri= workspace= o/output= progress= color= q/quiet v/verbose dry-run print-curl offline h/help V/version
end

function __fish_phi3ml_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_phi3ml_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_phi3ml_using_subcommand
    set -l cmd (__fish_phi3ml_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c phi3ml -n "__fish_phi3ml_needs_command" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_needs_command" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_needs_command" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_needs_command" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_needs_command" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_needs_command" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_needs_command" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_needs_command" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_needs_command" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_needs_command" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_needs_command" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_needs_command" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_needs_command" -f -a "log-model" -d 'Package a model folder, upload it to a run, and register it where asked'
complete -c phi3ml -n "__fish_phi3ml_needs_command" -f -a "package" -d 'Package a model as an MLflow model folder or a .zip, without a server'
complete -c phi3ml -n "__fish_phi3ml_needs_command" -f -a "inspect" -d 'Show what is in a model: flavors, signature, examples, requirements, files'
complete -c phi3ml -n "__fish_phi3ml_needs_command" -f -a "register" -d 'Make a version of a registered model from a logged model'
complete -c phi3ml -n "__fish_phi3ml_needs_command" -f -a "models" -d 'Look after registered models: versions, aliases, tags, stages'
complete -c phi3ml -n "__fish_phi3ml_needs_command" -f -a "experiments" -d 'Create, find and tidy up experiments'
complete -c phi3ml -n "__fish_phi3ml_needs_command" -f -a "runs" -d 'Create, find, compare, finish and export runs'
complete -c phi3ml -n "__fish_phi3ml_needs_command" -f -a "log-params" -d 'Log params to a run'
complete -c phi3ml -n "__fish_phi3ml_needs_command" -f -a "log-metrics" -d 'Log metrics to a run'
complete -c phi3ml -n "__fish_phi3ml_needs_command" -f -a "set-tags" -d 'Set tags of a run, or take them off'
complete -c phi3ml -n "__fish_phi3ml_needs_command" -f -a "log-batch" -d 'Log many params, metrics and tags from a file'
complete -c phi3ml -n "__fish_phi3ml_needs_command" -f -a "log-artifacts" -d 'Upload files and the contents of folders to a run'
complete -c phi3ml -n "__fish_phi3ml_needs_command" -f -a "artifacts" -d 'Look at, fetch or delete the artifacts of a run or a model'
complete -c phi3ml -n "__fish_phi3ml_needs_command" -f -a "log-inputs" -d 'Note on a run which dataset went into it'
complete -c phi3ml -n "__fish_phi3ml_needs_command" -f -a "metrics" -d 'Look at what was measured'
complete -c phi3ml -n "__fish_phi3ml_needs_command" -f -a "sync" -d 'Copy experiments, runs and models to another server or database, each once'
complete -c phi3ml -n "__fish_phi3ml_needs_command" -f -a "verify" -d 'Compare every byte of a model with its recorded SHA-256 digests'
complete -c phi3ml -n "__fish_phi3ml_needs_command" -f -a "predict" -d 'Ask a model something, as a smoke test, or answer a file of prompts'
complete -c phi3ml -n "__fish_phi3ml_needs_command" -f -a "chat" -d 'Talk with a model, line by line'
complete -c phi3ml -n "__fish_phi3ml_needs_command" -f -a "bench" -d 'Measure how fast a model loads and answers, and how much memory it takes'
complete -c phi3ml -n "__fish_phi3ml_needs_command" -f -a "cache" -d 'Look at the models that were fetched, and make room'
complete -c phi3ml -n "__fish_phi3ml_needs_command" -f -a "runtime" -d 'Find or fetch the ONNX Runtime library'
complete -c phi3ml -n "__fish_phi3ml_needs_command" -f -a "doctor" -d 'Find out what works and what is missing: server, access, artifacts, ONNX Runtime'
complete -c phi3ml -n "__fish_phi3ml_needs_command" -f -a "config" -d 'Show what phi3ml works with'
complete -c phi3ml -n "__fish_phi3ml_needs_command" -f -a "api" -d 'Send any request to the tracking server, with credentials'
complete -c phi3ml -n "__fish_phi3ml_needs_command" -f -a "completions" -d 'Print the completions for a shell'
complete -c phi3ml -n "__fish_phi3ml_needs_command" -f -a "man" -d 'Print the manual page'
complete -c phi3ml -n "__fish_phi3ml_needs_command" -f -a "reference" -d 'Print the reference of all commands, as the README holds it'
complete -c phi3ml -n "__fish_phi3ml_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-model" -l name -d 'Name of the logged model' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-model" -l run-id -d 'Log into this run [env: MLFLOW_RUN_ID] [default: a new run]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-model" -l run-name -d 'Name of the new run [default: the server makes one up]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-model" -l experiment-name -d 'Experiment of the new run, created where it is missing [env: MLFLOW_EXPERIMENT_NAME]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-model" -l experiment-id -d 'Experiment of the new run, by id [env: MLFLOW_EXPERIMENT_ID] [default: 0]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-model" -l param -d 'Param of the run' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-model" -l metric -d 'Metric of the run' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-model" -l tag -d 'Tag of the run' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-model" -l flavor -d 'Way in which MLflow loads the model; each kind of source has one' -r -f -a "auto\t'That of the source'
pyfunc\t'Python function from code, for ONNX Runtime GenAI folders and your own code'
transformers\t'Pipeline of Hugging Face\'s Transformers, for checkpoints'
onnx\t'ONNX graph'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-model" -l task -d 'What the model is asked and answers [default: prompt; of a checkpoint: text-generation]' -r -f -a "prompt\t''
llm/v1/chat\t''
llm/v1/completions\t''
text-generation\t''"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-model" -l input-example -d 'Request that the model answers, as JSON or @FILE, or `none` [default: one of the task]; {"inputs": ..., "params": {...}} has params, {"dataframe_split": ...} is a data frame and {"instances": ...} a tensor' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-model" -l signature -d 'What goes in and comes out: @FILE with {inputs, outputs, params} as in MLmodel, `none`, or `auto`, that of the task, the graph or else of the input example [default: auto]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-model" -l model-config -d 'What the model\'s code is configured with, such as temperature=0.7; or @FILE with a JSON object' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-model" -l python-model -d 'Python file with your own PythonModel, in place of a generated one; SOURCE becomes its artifact' -r -F
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-model" -l artifact -d 'Further file or folder that the model\'s Python code finds by name' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-model" -l artifact-name -d 'Name under which the model\'s Python code finds SOURCE [default: phi3-mini-onnx]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-model" -l code-path -d 'File or folder with Python code that the model imports' -r -F
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-model" -l metadata -d 'Note in MLmodel' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-model" -l python-version -d 'Python version of the environment files [default: 3.11]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-model" -l pip-requirements -d 'File with the requirements of the model, in place of those of its flavor' -r -F
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-model" -l constraint -d 'File with constraints for pip' -r -F
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-model" -l conda-env -d 'File with the conda environment of the model; its pip list becomes requirements.txt' -r -F
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-model" -l extra-pip-requirement -d 'Further line of requirements.txt' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-model" -l register -d 'Make a version of this registered model, created where it is missing' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-model" -l alias -d 'Alias of the new version, moved from an older one' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-model" -l version-tag -d 'Tag of the new version' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-model" -l description -d 'Description of the new version' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-model" -l smoke -d 'Read the logged model back, ask it this, and set aliases only if it answers as expected' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-model" -l expect -d 'Text that the answer must hold; all of them if given more than once' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-model" -l threads -d 'Threads to compute with [default: the number of cores]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-model" -l engine -d 'ONNX Runtime where its library is found and else rten; or one of them' -r -f -a "auto\t'ONNX Runtime where its library is found, else rten; fetches nothing'
ort\t'ONNX Runtime; its library is fetched with pip where it is missing'
rten\t'Pure Rust; needs nothing else'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-model" -l ort-lib -d 'ONNX Runtime library to use' -r -F
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-model" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-model" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-model" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-model" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-model" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-model" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-model" -l fresh -d 'Forget what an earlier, interrupted call left to be continued'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-model" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-model" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-model" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-model" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-model" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-model" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-model" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand package" -l flavor -d 'Way in which MLflow loads the model; each kind of source has one' -r -f -a "auto\t'That of the source'
pyfunc\t'Python function from code, for ONNX Runtime GenAI folders and your own code'
transformers\t'Pipeline of Hugging Face\'s Transformers, for checkpoints'
onnx\t'ONNX graph'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand package" -l task -d 'What the model is asked and answers [default: prompt; of a checkpoint: text-generation]' -r -f -a "prompt\t''
llm/v1/chat\t''
llm/v1/completions\t''
text-generation\t''"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand package" -l input-example -d 'Request that the model answers, as JSON or @FILE, or `none` [default: one of the task]; {"inputs": ..., "params": {...}} has params, {"dataframe_split": ...} is a data frame and {"instances": ...} a tensor' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand package" -l signature -d 'What goes in and comes out: @FILE with {inputs, outputs, params} as in MLmodel, `none`, or `auto`, that of the task, the graph or else of the input example [default: auto]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand package" -l model-config -d 'What the model\'s code is configured with, such as temperature=0.7; or @FILE with a JSON object' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand package" -l python-model -d 'Python file with your own PythonModel, in place of a generated one; SOURCE becomes its artifact' -r -F
complete -c phi3ml -n "__fish_phi3ml_using_subcommand package" -l artifact -d 'Further file or folder that the model\'s Python code finds by name' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand package" -l artifact-name -d 'Name under which the model\'s Python code finds SOURCE [default: phi3-mini-onnx]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand package" -l code-path -d 'File or folder with Python code that the model imports' -r -F
complete -c phi3ml -n "__fish_phi3ml_using_subcommand package" -l metadata -d 'Note in MLmodel' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand package" -l python-version -d 'Python version of the environment files [default: 3.11]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand package" -l pip-requirements -d 'File with the requirements of the model, in place of those of its flavor' -r -F
complete -c phi3ml -n "__fish_phi3ml_using_subcommand package" -l constraint -d 'File with constraints for pip' -r -F
complete -c phi3ml -n "__fish_phi3ml_using_subcommand package" -l conda-env -d 'File with the conda environment of the model; its pip list becomes requirements.txt' -r -F
complete -c phi3ml -n "__fish_phi3ml_using_subcommand package" -l extra-pip-requirement -d 'Further line of requirements.txt' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand package" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand package" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand package" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand package" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand package" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand package" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand package" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand package" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand package" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand package" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand package" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand package" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand package" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand inspect" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand inspect" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand inspect" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand inspect" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand inspect" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand inspect" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand inspect" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand inspect" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand inspect" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand inspect" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand inspect" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand inspect" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand inspect" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand register" -l alias -d 'Alias of the version, moved from an older one' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand register" -l tag -d 'Tag of the version' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand register" -l description -d 'Description of the version' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand register" -l if-exists -d 'What to do where a version of the same source is there already' -r -f -a "new\t'Make another version, as MLflow does'
reuse\t'Take the one that is there'
fail\t'Fail'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand register" -l wait -d 'How long to wait until the version is ready' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand register" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand register" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand register" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand register" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand register" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand register" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand register" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand register" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand register" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand register" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand register" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand register" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand register" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and not __fish_seen_subcommand_from list search get create update rename delete versions version update-version delete-version alias delete-alias tag delete-tag stage download update-pip-requirements help" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and not __fish_seen_subcommand_from list search get create update rename delete versions version update-version delete-version alias delete-alias tag delete-tag stage download update-pip-requirements help" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and not __fish_seen_subcommand_from list search get create update rename delete versions version update-version delete-version alias delete-alias tag delete-tag stage download update-pip-requirements help" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and not __fish_seen_subcommand_from list search get create update rename delete versions version update-version delete-version alias delete-alias tag delete-tag stage download update-pip-requirements help" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and not __fish_seen_subcommand_from list search get create update rename delete versions version update-version delete-version alias delete-alias tag delete-tag stage download update-pip-requirements help" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and not __fish_seen_subcommand_from list search get create update rename delete versions version update-version delete-version alias delete-alias tag delete-tag stage download update-pip-requirements help" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and not __fish_seen_subcommand_from list search get create update rename delete versions version update-version delete-version alias delete-alias tag delete-tag stage download update-pip-requirements help" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and not __fish_seen_subcommand_from list search get create update rename delete versions version update-version delete-version alias delete-alias tag delete-tag stage download update-pip-requirements help" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and not __fish_seen_subcommand_from list search get create update rename delete versions version update-version delete-version alias delete-alias tag delete-tag stage download update-pip-requirements help" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and not __fish_seen_subcommand_from list search get create update rename delete versions version update-version delete-version alias delete-alias tag delete-tag stage download update-pip-requirements help" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and not __fish_seen_subcommand_from list search get create update rename delete versions version update-version delete-version alias delete-alias tag delete-tag stage download update-pip-requirements help" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and not __fish_seen_subcommand_from list search get create update rename delete versions version update-version delete-version alias delete-alias tag delete-tag stage download update-pip-requirements help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and not __fish_seen_subcommand_from list search get create update rename delete versions version update-version delete-version alias delete-alias tag delete-tag stage download update-pip-requirements help" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and not __fish_seen_subcommand_from list search get create update rename delete versions version update-version delete-version alias delete-alias tag delete-tag stage download update-pip-requirements help" -f -a "list" -d 'List all registered models'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and not __fish_seen_subcommand_from list search get create update rename delete versions version update-version delete-version alias delete-alias tag delete-tag stage download update-pip-requirements help" -f -a "search" -d 'List the registered models that fit a filter'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and not __fish_seen_subcommand_from list search get create update rename delete versions version update-version delete-version alias delete-alias tag delete-tag stage download update-pip-requirements help" -f -a "get" -d 'Show a registered model'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and not __fish_seen_subcommand_from list search get create update rename delete versions version update-version delete-version alias delete-alias tag delete-tag stage download update-pip-requirements help" -f -a "create" -d 'Create a registered model that has no version yet'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and not __fish_seen_subcommand_from list search get create update rename delete versions version update-version delete-version alias delete-alias tag delete-tag stage download update-pip-requirements help" -f -a "update" -d 'Change the description of a registered model'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and not __fish_seen_subcommand_from list search get create update rename delete versions version update-version delete-version alias delete-alias tag delete-tag stage download update-pip-requirements help" -f -a "rename" -d 'Give a registered model another name; its versions, aliases and tags go along'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and not __fish_seen_subcommand_from list search get create update rename delete versions version update-version delete-version alias delete-alias tag delete-tag stage download update-pip-requirements help" -f -a "delete" -d 'Delete a registered model with all its versions'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and not __fish_seen_subcommand_from list search get create update rename delete versions version update-version delete-version alias delete-alias tag delete-tag stage download update-pip-requirements help" -f -a "versions" -d 'List the versions of a registered model, newest first'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and not __fish_seen_subcommand_from list search get create update rename delete versions version update-version delete-version alias delete-alias tag delete-tag stage download update-pip-requirements help" -f -a "version" -d 'Show a version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and not __fish_seen_subcommand_from list search get create update rename delete versions version update-version delete-version alias delete-alias tag delete-tag stage download update-pip-requirements help" -f -a "update-version" -d 'Change the description of a version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and not __fish_seen_subcommand_from list search get create update rename delete versions version update-version delete-version alias delete-alias tag delete-tag stage download update-pip-requirements help" -f -a "delete-version" -d 'Delete a version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and not __fish_seen_subcommand_from list search get create update rename delete versions version update-version delete-version alias delete-alias tag delete-tag stage download update-pip-requirements help" -f -a "alias" -d 'Point an alias to a version, wherever it pointed before'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and not __fish_seen_subcommand_from list search get create update rename delete versions version update-version delete-version alias delete-alias tag delete-tag stage download update-pip-requirements help" -f -a "delete-alias" -d 'Take an alias away; the version stays'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and not __fish_seen_subcommand_from list search get create update rename delete versions version update-version delete-version alias delete-alias tag delete-tag stage download update-pip-requirements help" -f -a "tag" -d 'Set tags of a registered model or of a version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and not __fish_seen_subcommand_from list search get create update rename delete versions version update-version delete-version alias delete-alias tag delete-tag stage download update-pip-requirements help" -f -a "delete-tag" -d 'Take tags off a registered model or a version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and not __fish_seen_subcommand_from list search get create update rename delete versions version update-version delete-version alias delete-alias tag delete-tag stage download update-pip-requirements help" -f -a "stage" -d 'Move a version to a stage (MLflow prefers aliases today)'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and not __fish_seen_subcommand_from list search get create update rename delete versions version update-version delete-version alias delete-alias tag delete-tag stage download update-pip-requirements help" -f -a "download" -d 'Fetch the files of a model, each checked against its digest'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and not __fish_seen_subcommand_from list search get create update rename delete versions version update-version delete-version alias delete-alias tag delete-tag stage download update-pip-requirements help" -f -a "update-pip-requirements" -d 'Change the requirements of a model that is packaged or logged already'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and not __fish_seen_subcommand_from list search get create update rename delete versions version update-version delete-version alias delete-alias tag delete-tag stage download update-pip-requirements help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from list" -l order-by -d 'What to sort by: name or timestamp, with ASC or DESC' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from list" -l max-results -d 'At most this many [default: all]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from list" -l page-token -d 'Go on where another list ended: its next_page_token' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from list" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from list" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from list" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from list" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from list" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from list" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from list" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from list" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from list" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from search" -l order-by -d 'What to sort by: name or timestamp, with ASC or DESC' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from search" -l max-results -d 'At most this many [default: all]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from search" -l page-token -d 'Go on where another list ended: its next_page_token' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from search" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from search" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from search" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from search" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from search" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from search" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from search" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from search" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from search" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from search" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from search" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from search" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from search" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from get" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from get" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from get" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from get" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from get" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from get" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from get" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from get" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from get" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from get" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from get" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from create" -l description -d 'What there is to say about it' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from create" -l tag -d 'Tag of it' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from create" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from create" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from create" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from create" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from create" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from create" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from create" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from create" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from create" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from create" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from update" -l description -d 'What there is to say about it; nothing takes the old text away' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from update" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from update" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from update" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from update" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from update" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from update" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from update" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from update" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from update" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from update" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from update" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from update" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from update" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from rename" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from rename" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from rename" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from rename" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from rename" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from rename" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from rename" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from rename" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from rename" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from rename" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from rename" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from rename" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from rename" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from versions" -l filter -d 'Further condition in MLflow\'s language, such as "tags.quantization = \'int4\'"' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from versions" -l max-results -d 'At most this many [default: all]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from versions" -l page-token -d 'Go on where another list ended: its next_page_token' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from versions" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from versions" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from versions" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from versions" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from versions" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from versions" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from versions" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from versions" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from versions" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from versions" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from versions" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from versions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from versions" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from version" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from version" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from version" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from version" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from version" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from version" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from version" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from version" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from version" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from version" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from version" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from version" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from version" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from update-version" -l description -d 'What there is to say about it; nothing takes the old text away' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from update-version" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from update-version" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from update-version" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from update-version" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from update-version" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from update-version" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from update-version" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from update-version" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from update-version" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from update-version" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from update-version" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from update-version" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from update-version" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete-version" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete-version" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete-version" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete-version" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete-version" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete-version" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete-version" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete-version" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete-version" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete-version" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete-version" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete-version" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete-version" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from alias" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from alias" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from alias" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from alias" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from alias" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from alias" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from alias" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from alias" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from alias" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from alias" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from alias" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from alias" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from alias" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete-alias" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete-alias" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete-alias" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete-alias" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete-alias" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete-alias" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete-alias" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete-alias" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete-alias" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete-alias" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete-alias" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete-alias" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete-alias" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from tag" -l version -d 'Tag this version and not the model: number, @ALIAS or latest' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from tag" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from tag" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from tag" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from tag" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from tag" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from tag" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from tag" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from tag" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from tag" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from tag" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from tag" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from tag" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete-tag" -l version -d 'Take them off this version and not off the model: number, @ALIAS or latest' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete-tag" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete-tag" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete-tag" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete-tag" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete-tag" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete-tag" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete-tag" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete-tag" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete-tag" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete-tag" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete-tag" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from delete-tag" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from stage" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from stage" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from stage" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from stage" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from stage" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from stage" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from stage" -l archive-existing-versions -d 'Move the versions that are in this stage to Archived'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from stage" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from stage" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from stage" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from stage" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from stage" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from stage" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from stage" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from download" -s d -l dst-path -d 'Folder for the files [default: ./NAME-VERSION; of a .zip, its name]' -r -f -a "(__fish_complete_directories)"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from download" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from download" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from download" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from download" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from download" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from download" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from download" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from download" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from download" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from download" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from download" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from download" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from download" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from update-pip-requirements" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from update-pip-requirements" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from update-pip-requirements" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from update-pip-requirements" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from update-pip-requirements" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from update-pip-requirements" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from update-pip-requirements" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from update-pip-requirements" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from update-pip-requirements" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from update-pip-requirements" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from update-pip-requirements" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from update-pip-requirements" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from update-pip-requirements" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from help" -f -a "list" -d 'List all registered models'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from help" -f -a "search" -d 'List the registered models that fit a filter'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from help" -f -a "get" -d 'Show a registered model'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from help" -f -a "create" -d 'Create a registered model that has no version yet'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from help" -f -a "update" -d 'Change the description of a registered model'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from help" -f -a "rename" -d 'Give a registered model another name; its versions, aliases and tags go along'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from help" -f -a "delete" -d 'Delete a registered model with all its versions'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from help" -f -a "versions" -d 'List the versions of a registered model, newest first'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from help" -f -a "version" -d 'Show a version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from help" -f -a "update-version" -d 'Change the description of a version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from help" -f -a "delete-version" -d 'Delete a version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from help" -f -a "alias" -d 'Point an alias to a version, wherever it pointed before'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from help" -f -a "delete-alias" -d 'Take an alias away; the version stays'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from help" -f -a "tag" -d 'Set tags of a registered model or of a version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from help" -f -a "delete-tag" -d 'Take tags off a registered model or a version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from help" -f -a "stage" -d 'Move a version to a stage (MLflow prefers aliases today)'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from help" -f -a "download" -d 'Fetch the files of a model, each checked against its digest'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from help" -f -a "update-pip-requirements" -d 'Change the requirements of a model that is packaged or logged already'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand models; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and not __fish_seen_subcommand_from create list search get rename delete restore set-tag help" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and not __fish_seen_subcommand_from create list search get rename delete restore set-tag help" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and not __fish_seen_subcommand_from create list search get rename delete restore set-tag help" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and not __fish_seen_subcommand_from create list search get rename delete restore set-tag help" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and not __fish_seen_subcommand_from create list search get rename delete restore set-tag help" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and not __fish_seen_subcommand_from create list search get rename delete restore set-tag help" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and not __fish_seen_subcommand_from create list search get rename delete restore set-tag help" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and not __fish_seen_subcommand_from create list search get rename delete restore set-tag help" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and not __fish_seen_subcommand_from create list search get rename delete restore set-tag help" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and not __fish_seen_subcommand_from create list search get rename delete restore set-tag help" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and not __fish_seen_subcommand_from create list search get rename delete restore set-tag help" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and not __fish_seen_subcommand_from create list search get rename delete restore set-tag help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and not __fish_seen_subcommand_from create list search get rename delete restore set-tag help" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and not __fish_seen_subcommand_from create list search get rename delete restore set-tag help" -f -a "create" -d 'Create an experiment'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and not __fish_seen_subcommand_from create list search get rename delete restore set-tag help" -f -a "list" -d 'List experiments, the newest first'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and not __fish_seen_subcommand_from create list search get rename delete restore set-tag help" -f -a "search" -d 'List the experiments that fit a filter'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and not __fish_seen_subcommand_from create list search get rename delete restore set-tag help" -f -a "get" -d 'Show an experiment'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and not __fish_seen_subcommand_from create list search get rename delete restore set-tag help" -f -a "rename" -d 'Give an experiment another name'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and not __fish_seen_subcommand_from create list search get rename delete restore set-tag help" -f -a "delete" -d 'Put experiments into the bin, with their runs'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and not __fish_seen_subcommand_from create list search get rename delete restore set-tag help" -f -a "restore" -d 'Take experiments out of the bin'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and not __fish_seen_subcommand_from create list search get rename delete restore set-tag help" -f -a "set-tag" -d 'Note something on an experiment'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and not __fish_seen_subcommand_from create list search get rename delete restore set-tag help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from create" -l artifact-location -d 'Where its artifacts will lie [default: the server decides]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from create" -l description -d 'What is said about it' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from create" -l tag -d 'Tag of the experiment' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from create" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from create" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from create" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from create" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from create" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from create" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from create" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from create" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from create" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from create" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from list" -l view -d 'Whether those in the bin are listed' -r -f -a "active_only\t'Only what is there'
deleted_only\t'Only what is in the bin'
all\t'Both'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from list" -l max-results -d 'At most this many [default: all]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from list" -l page-token -d 'Go on where another list ended: its next_page_token' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from list" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from list" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from list" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from list" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from list" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from list" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from list" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from list" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from list" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from search" -l order-by -d 'Order, such as: name ASC; further ones decide where the first is equal' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from search" -l view -d 'Whether those in the bin are searched' -r -f -a "active_only\t'Only what is there'
deleted_only\t'Only what is in the bin'
all\t'Both'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from search" -l max-results -d 'At most this many [default: all]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from search" -l page-token -d 'Go on where another list ended: its next_page_token' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from search" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from search" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from search" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from search" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from search" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from search" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from search" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from search" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from search" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from search" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from search" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from search" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from search" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from get" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from get" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from get" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from get" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from get" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from get" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from get" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from get" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from get" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from get" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from get" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from rename" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from rename" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from rename" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from rename" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from rename" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from rename" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from rename" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from rename" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from rename" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from rename" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from rename" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from rename" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from rename" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from delete" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from delete" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from delete" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from delete" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from delete" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from delete" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from delete" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from delete" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from delete" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from delete" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from restore" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from restore" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from restore" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from restore" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from restore" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from restore" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from restore" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from restore" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from restore" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from restore" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from restore" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from restore" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from restore" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from set-tag" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from set-tag" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from set-tag" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from set-tag" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from set-tag" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from set-tag" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from set-tag" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from set-tag" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from set-tag" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from set-tag" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from set-tag" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from set-tag" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from set-tag" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from help" -f -a "create" -d 'Create an experiment'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from help" -f -a "list" -d 'List experiments, the newest first'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from help" -f -a "search" -d 'List the experiments that fit a filter'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from help" -f -a "get" -d 'Show an experiment'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from help" -f -a "rename" -d 'Give an experiment another name'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from help" -f -a "delete" -d 'Put experiments into the bin, with their runs'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from help" -f -a "restore" -d 'Take experiments out of the bin'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from help" -f -a "set-tag" -d 'Note something on an experiment'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand experiments; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and not __fish_seen_subcommand_from create list search get finish delete restore export help" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and not __fish_seen_subcommand_from create list search get finish delete restore export help" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and not __fish_seen_subcommand_from create list search get finish delete restore export help" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and not __fish_seen_subcommand_from create list search get finish delete restore export help" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and not __fish_seen_subcommand_from create list search get finish delete restore export help" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and not __fish_seen_subcommand_from create list search get finish delete restore export help" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and not __fish_seen_subcommand_from create list search get finish delete restore export help" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and not __fish_seen_subcommand_from create list search get finish delete restore export help" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and not __fish_seen_subcommand_from create list search get finish delete restore export help" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and not __fish_seen_subcommand_from create list search get finish delete restore export help" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and not __fish_seen_subcommand_from create list search get finish delete restore export help" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and not __fish_seen_subcommand_from create list search get finish delete restore export help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and not __fish_seen_subcommand_from create list search get finish delete restore export help" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and not __fish_seen_subcommand_from create list search get finish delete restore export help" -f -a "create" -d 'Create a run and leave it running'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and not __fish_seen_subcommand_from create list search get finish delete restore export help" -f -a "list" -d 'List the runs of an experiment, the newest first'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and not __fish_seen_subcommand_from create list search get finish delete restore export help" -f -a "search" -d 'List the runs that fit a filter'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and not __fish_seen_subcommand_from create list search get finish delete restore export help" -f -a "get" -d 'Show a run, or several side by side'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and not __fish_seen_subcommand_from create list search get finish delete restore export help" -f -a "finish" -d 'Say that a run has ended'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and not __fish_seen_subcommand_from create list search get finish delete restore export help" -f -a "delete" -d 'Put runs into the bin'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and not __fish_seen_subcommand_from create list search get finish delete restore export help" -f -a "restore" -d 'Take runs out of the bin'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and not __fish_seen_subcommand_from create list search get finish delete restore export help" -f -a "export" -d 'Write runs as CSV or JSON, however many there are'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and not __fish_seen_subcommand_from create list search get finish delete restore export help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from create" -l run-name -d 'Its name [default: the server makes one up]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from create" -l experiment-name -d 'Its experiment, created where it is missing [env: MLFLOW_EXPERIMENT_NAME]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from create" -l experiment-id -d 'Its experiment, by id [env: MLFLOW_EXPERIMENT_ID] [default: 0]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from create" -l parent-run-id -d 'The run that it is a part of; without an experiment it goes to that run\'s' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from create" -l description -d 'What is said about it' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from create" -l tag -d 'Tag of the run' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from create" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from create" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from create" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from create" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from create" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from create" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from create" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from create" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from create" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from create" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from list" -l experiment-name -d 'Experiment; may be given more than once [env: MLFLOW_EXPERIMENT_NAME]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from list" -l experiment-id -d 'Experiment, by id; may be given more than once [env: MLFLOW_EXPERIMENT_ID] [default: 0]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from list" -l order-by -d 'Order, such as: metrics.loss ASC; further ones decide where the first is equal' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from list" -l view -d 'Whether runs in the bin are shown' -r -f -a "active_only\t'Only what is there'
deleted_only\t'Only what is in the bin'
all\t'Both'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from list" -l max-results -d 'At most this many [default: all]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from list" -l page-token -d 'Go on where another list ended: its next_page_token' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from list" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from list" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from list" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from list" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from list" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from list" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from list" -l all-experiments -d 'All experiments'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from list" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from list" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from list" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from search" -l experiment-name -d 'Experiment; may be given more than once [env: MLFLOW_EXPERIMENT_NAME]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from search" -l experiment-id -d 'Experiment, by id; may be given more than once [env: MLFLOW_EXPERIMENT_ID] [default: 0]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from search" -l order-by -d 'Order, such as: metrics.loss ASC; further ones decide where the first is equal' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from search" -l view -d 'Whether runs in the bin are shown' -r -f -a "active_only\t'Only what is there'
deleted_only\t'Only what is in the bin'
all\t'Both'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from search" -l max-results -d 'At most this many [default: all]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from search" -l page-token -d 'Go on where another list ended: its next_page_token' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from search" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from search" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from search" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from search" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from search" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from search" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from search" -l all-experiments -d 'All experiments'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from search" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from search" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from search" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from search" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from search" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from search" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from search" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from get" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from get" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from get" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from get" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from get" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from get" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from get" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from get" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from get" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from get" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from get" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from finish" -l status -d 'How it ended' -r -f -a "FINISHED\t'Well'
FAILED\t'Badly'
KILLED\t'Somebody stopped it'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from finish" -l end-time -d 'When it ended, in milliseconds since 1970 [default: now]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from finish" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from finish" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from finish" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from finish" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from finish" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from finish" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from finish" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from finish" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from finish" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from finish" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from finish" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from finish" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from finish" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from delete" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from delete" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from delete" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from delete" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from delete" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from delete" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from delete" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from delete" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from delete" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from delete" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from restore" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from restore" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from restore" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from restore" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from restore" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from restore" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from restore" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from restore" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from restore" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from restore" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from restore" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from restore" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from restore" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from export" -l filter -d 'Only runs that fit, in MLflow\'s filter language' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from export" -l experiment-name -d 'Experiment; may be given more than once [env: MLFLOW_EXPERIMENT_NAME]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from export" -l experiment-id -d 'Experiment, by id; may be given more than once [env: MLFLOW_EXPERIMENT_ID] [default: 0]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from export" -l order-by -d 'Order, such as: metrics.loss ASC; further ones decide where the first is equal' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from export" -l view -d 'Whether runs in the bin are shown' -r -f -a "active_only\t'Only what is there'
deleted_only\t'Only what is in the bin'
all\t'Both'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from export" -l format -d 'How they are written [default: csv, or what --output says]' -r -f -a "csv\t'A row each, params, metrics and tags as columns'
json\t'One object that holds them all'
jsonl\t'An object on each line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from export" -l columns -d 'Columns of CSV, such as: run_id,params.lr,metrics.loss [default: all, for which runs are read twice]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from export" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from export" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from export" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from export" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from export" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from export" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from export" -l all-experiments -d 'All experiments'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from export" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from export" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from export" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from export" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from export" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from export" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from help" -f -a "create" -d 'Create a run and leave it running'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the runs of an experiment, the newest first'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from help" -f -a "search" -d 'List the runs that fit a filter'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from help" -f -a "get" -d 'Show a run, or several side by side'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from help" -f -a "finish" -d 'Say that a run has ended'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from help" -f -a "delete" -d 'Put runs into the bin'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from help" -f -a "restore" -d 'Take runs out of the bin'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from help" -f -a "export" -d 'Write runs as CSV or JSON, however many there are'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runs; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-params" -l run-id -d 'The run [env: MLFLOW_RUN_ID]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-params" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-params" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-params" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-params" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-params" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-params" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-params" -l truncate -d 'Cut values that are longer than MLflow keeps, instead of stopping'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-params" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-params" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-params" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-params" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-params" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-params" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-params" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-metrics" -l run-id -d 'The run [env: MLFLOW_RUN_ID]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-metrics" -l step -d 'The step at which they were measured' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-metrics" -l timestamp -d 'When they were measured, in milliseconds since 1970 [default: now]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-metrics" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-metrics" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-metrics" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-metrics" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-metrics" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-metrics" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-metrics" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-metrics" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-metrics" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-metrics" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-metrics" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-metrics" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-metrics" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand set-tags" -l run-id -d 'The run [env: MLFLOW_RUN_ID]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand set-tags" -l delete -d 'Take this tag off' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand set-tags" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand set-tags" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand set-tags" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand set-tags" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand set-tags" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand set-tags" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand set-tags" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand set-tags" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand set-tags" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand set-tags" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand set-tags" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand set-tags" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand set-tags" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-batch" -l run-id -d 'The run [env: MLFLOW_RUN_ID]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-batch" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-batch" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-batch" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-batch" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-batch" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-batch" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-batch" -l check -d 'Read all of it before anything is sent, and send nothing if any line is bad'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-batch" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-batch" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-batch" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-batch" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-batch" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-batch" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-batch" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-artifacts" -l run-id -d 'The run [env: MLFLOW_RUN_ID]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-artifacts" -l artifact-path -d 'Folder of the run that they go into [default: its root]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-artifacts" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-artifacts" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-artifacts" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-artifacts" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-artifacts" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-artifacts" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-artifacts" -l fresh -d 'Forget what an earlier, interrupted call left to be continued'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-artifacts" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-artifacts" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-artifacts" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-artifacts" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-artifacts" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-artifacts" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-artifacts" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and not __fish_seen_subcommand_from list download cat delete help" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and not __fish_seen_subcommand_from list download cat delete help" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and not __fish_seen_subcommand_from list download cat delete help" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and not __fish_seen_subcommand_from list download cat delete help" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and not __fish_seen_subcommand_from list download cat delete help" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and not __fish_seen_subcommand_from list download cat delete help" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and not __fish_seen_subcommand_from list download cat delete help" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and not __fish_seen_subcommand_from list download cat delete help" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and not __fish_seen_subcommand_from list download cat delete help" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and not __fish_seen_subcommand_from list download cat delete help" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and not __fish_seen_subcommand_from list download cat delete help" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and not __fish_seen_subcommand_from list download cat delete help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and not __fish_seen_subcommand_from list download cat delete help" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and not __fish_seen_subcommand_from list download cat delete help" -f -a "list" -d 'List what lies in a folder'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and not __fish_seen_subcommand_from list download cat delete help" -f -a "download" -d 'Fetch a file, or a folder with all that is below it'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and not __fish_seen_subcommand_from list download cat delete help" -f -a "cat" -d 'Write a file on stdout'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and not __fish_seen_subcommand_from list download cat delete help" -f -a "delete" -d 'Delete a file, or a folder with all that is below it'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and not __fish_seen_subcommand_from list download cat delete help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from list" -l run-id -d 'Those of this run' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from list" -l artifact-uri -d 'Those at models:/NAME/VERSION[/PATH], runs:/RUN_ID/PATH, or an address such as mlflow-artifacts:/…' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from list" -l artifact-path -d 'A file or folder below that' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from list" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from list" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from list" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from list" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from list" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from list" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from list" -s R -l recursive -d 'All files and folders below it, too'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from list" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from list" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from list" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from download" -l run-id -d 'Those of this run' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from download" -l artifact-uri -d 'Those at models:/NAME/VERSION[/PATH], runs:/RUN_ID/PATH, or an address such as mlflow-artifacts:/…' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from download" -l artifact-path -d 'A file or folder below that' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from download" -s d -l dst-path -d 'Folder for the files, which keep their path in it [default: . or, without a path, one named after the run]' -r -f -a "(__fish_complete_directories)"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from download" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from download" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from download" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from download" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from download" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from download" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from download" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from download" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from download" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from download" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from download" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from download" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from download" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from cat" -l run-id -d 'Those of this run' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from cat" -l artifact-uri -d 'Those at models:/NAME/VERSION[/PATH], runs:/RUN_ID/PATH, or an address such as mlflow-artifacts:/…' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from cat" -l artifact-path -d 'A file or folder below that' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from cat" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from cat" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from cat" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from cat" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from cat" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from cat" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from cat" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from cat" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from cat" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from cat" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from cat" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from cat" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from cat" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from delete" -l run-id -d 'Those of this run' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from delete" -l artifact-uri -d 'Those at models:/NAME/VERSION[/PATH], runs:/RUN_ID/PATH, or an address such as mlflow-artifacts:/…' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from delete" -l artifact-path -d 'A file or folder below that' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from delete" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from delete" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from delete" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from delete" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from delete" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from delete" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from delete" -l all -d 'Delete all of it where no path is named'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from delete" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from delete" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from delete" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from delete" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from help" -f -a "list" -d 'List what lies in a folder'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from help" -f -a "download" -d 'Fetch a file, or a folder with all that is below it'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from help" -f -a "cat" -d 'Write a file on stdout'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from help" -f -a "delete" -d 'Delete a file, or a folder with all that is below it'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand artifacts; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-inputs" -l run-id -d 'The run [env: MLFLOW_RUN_ID]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-inputs" -l name -d 'Name of the dataset' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-inputs" -l source -d 'Where it comes from: an address, or a path' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-inputs" -l digest -d 'What tells it from another of its name [default: made from the source]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-inputs" -l context -d 'What it was for, such as training' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-inputs" -l tag -d 'Tag of this use of it' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-inputs" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-inputs" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-inputs" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-inputs" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-inputs" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-inputs" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-inputs" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-inputs" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-inputs" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-inputs" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-inputs" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-inputs" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand log-inputs" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand metrics; and not __fish_seen_subcommand_from history help" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand metrics; and not __fish_seen_subcommand_from history help" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand metrics; and not __fish_seen_subcommand_from history help" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand metrics; and not __fish_seen_subcommand_from history help" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand metrics; and not __fish_seen_subcommand_from history help" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand metrics; and not __fish_seen_subcommand_from history help" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand metrics; and not __fish_seen_subcommand_from history help" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand metrics; and not __fish_seen_subcommand_from history help" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand metrics; and not __fish_seen_subcommand_from history help" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand metrics; and not __fish_seen_subcommand_from history help" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand metrics; and not __fish_seen_subcommand_from history help" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand metrics; and not __fish_seen_subcommand_from history help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand metrics; and not __fish_seen_subcommand_from history help" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand metrics; and not __fish_seen_subcommand_from history help" -f -a "history" -d 'Every point of a metric of a run'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand metrics; and not __fish_seen_subcommand_from history help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand metrics; and __fish_seen_subcommand_from history" -l run-id -d 'The run [env: MLFLOW_RUN_ID]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand metrics; and __fish_seen_subcommand_from history" -l max-results -d 'At most this many [default: all]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand metrics; and __fish_seen_subcommand_from history" -l page-token -d 'Go on where another list ended: its next_page_token' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand metrics; and __fish_seen_subcommand_from history" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand metrics; and __fish_seen_subcommand_from history" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand metrics; and __fish_seen_subcommand_from history" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand metrics; and __fish_seen_subcommand_from history" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand metrics; and __fish_seen_subcommand_from history" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand metrics; and __fish_seen_subcommand_from history" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand metrics; and __fish_seen_subcommand_from history" -l plot -d 'Draw it, where the output is text'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand metrics; and __fish_seen_subcommand_from history" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand metrics; and __fish_seen_subcommand_from history" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand metrics; and __fish_seen_subcommand_from history" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand metrics; and __fish_seen_subcommand_from history" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand metrics; and __fish_seen_subcommand_from history" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand metrics; and __fish_seen_subcommand_from history" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand metrics; and __fish_seen_subcommand_from history" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand metrics; and __fish_seen_subcommand_from help" -f -a "history" -d 'Every point of a metric of a run'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand metrics; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand sync" -l to -d 'Where to: http(s)://… or sqlite:///FILE' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand sync" -l from -d 'Where from: http(s)://…, sqlite:///FILE, or a folder of MLflow\'s files such as ./mlruns [default: the tracking URI]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand sync" -l to-workspace -d 'Workspace at the target, where it is another than `--workspace`, which is that of the source' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand sync" -l experiment -d 'Only this experiment; may be given more than once' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand sync" -l run-id -d 'Only this run, with the models that came out of it; may be given more than once' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand sync" -l model -d 'Only this registered model, with the logged models and runs of its versions; may be given more than once' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand sync" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand sync" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand sync" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand sync" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand sync" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand sync" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand sync" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand sync" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand sync" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand sync" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand sync" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand sync" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand sync" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand verify" -l against -d 'Compare with the files in this folder: a copy of the model, or the folder that it was logged from' -r -f -a "(__fish_complete_directories)"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand verify" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand verify" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand verify" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand verify" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand verify" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand verify" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand verify" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand verify" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand verify" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand verify" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand verify" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand verify" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand predict" -s m -l model-uri -d 'models:/NAME/VERSION (or latest, or a stage), models:/NAME@ALIAS, models:/m-ID, runs:/RUN_ID/PATH, mlflow-artifacts:/PATH, or a folder' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand predict" -l prompt -d 'The prompt' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand predict" -l prompt-file -d 'File that holds the prompt' -r -F
complete -c phi3ml -n "__fish_phi3ml_using_subcommand predict" -l message -d 'One user message, answered as a chat completion' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand predict" -l system -d 'System message that goes before it' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand predict" -l messages -d 'Conversation as a JSON list of {role, content}, or @FILE' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand predict" -s i -l input-path -d 'File with many prompts or conversations, or - for stdin' -r -F
complete -c phi3ml -n "__fish_phi3ml_using_subcommand predict" -s t -l content-type -d 'What the file holds [default: as its name says, else json]' -r -f -a "json\t'One JSON document: a request to MLflow\'s scoring server, a list of rows, or one row'
csv\t'A table with the column `prompt` or `messages`'
jsonl\t'One JSON row on each line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand predict" -l expect -d 'Text that the answer must hold; all of them if given more than once' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand predict" -l expect-regex -d 'Regular expression that the answer must match; all of them if given more than once' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand predict" -l max-tokens -d 'At most this many new tokens' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand predict" -l max-length -d 'At most this many tokens, the prompt included [default: the model\'s own, as far as 4096, or 1024 more than the prompt if that is more]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand predict" -l min-length -d 'No end before this many tokens, the prompt included' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand predict" -l temperature -d 'Flatness of the draw; 0 is greedy' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand predict" -l top-k -d 'Draw among the K likeliest tokens' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand predict" -l top-p -d 'Draw among the likeliest tokens that together have probability P; 0 and 1 are all' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand predict" -l repetition-penalty -d 'Make tokens that were there already less likely' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand predict" -l no-repeat-ngram-size -d 'Let no N tokens in a row come twice' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand predict" -l seed -d 'Same seed, same draw; -1 is another each time' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand predict" -l stop -d 'End the answer before this text' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand predict" -l num-beams -d 'Follow the N likeliest sequences side by side and answer with the best' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand predict" -l num-return-sequences -d 'Give the N best sequences of a beam search: `outputs` in JSON, `choices` for messages' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand predict" -l length-penalty -d 'Let a beam search prefer longer sequences (above 0) or shorter ones (below 0)' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand predict" -l early-stopping -d 'End a beam search with its Nth sequence, and not once no other can be better' -r -f -a "true\t''
false\t''"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand predict" -l chunk-size -d 'Tokens of the prompt that are computed at once' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand predict" -l threads -d 'Threads to compute with [default: the number of cores]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand predict" -l engine -d 'ONNX Runtime where its library is found and else rten; or one of them' -r -f -a "auto\t'ONNX Runtime where its library is found, else rten; fetches nothing'
ort\t'ONNX Runtime; its library is fetched with pip where it is missing'
rten\t'Pure Rust; needs nothing else'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand predict" -l ort-lib -d 'ONNX Runtime library to use' -r -F
complete -c phi3ml -n "__fish_phi3ml_using_subcommand predict" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand predict" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand predict" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand predict" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand predict" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand predict" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand predict" -l raw -d 'Take prompts as they are, without the chat template'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand predict" -l no-stream -d 'Write the answer at the end and not while it is made'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand predict" -l stats -d 'Tell on stderr how long it took and how much memory'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand predict" -l do-sample -d 'Draw from the likely tokens instead of taking the likeliest'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand predict" -l greedy -d 'Take the likeliest token always'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand predict" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand predict" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand predict" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand predict" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand predict" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand predict" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand predict" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand chat" -s m -l model-uri -d 'models:/NAME/VERSION (or latest, or a stage), models:/NAME@ALIAS, models:/m-ID, runs:/RUN_ID/PATH, mlflow-artifacts:/PATH, or a folder' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand chat" -l system -d 'System message that the conversation begins with' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand chat" -l max-tokens -d 'At most this many new tokens' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand chat" -l max-length -d 'At most this many tokens, the prompt included [default: the model\'s own, as far as 4096, or 1024 more than the prompt if that is more]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand chat" -l min-length -d 'No end before this many tokens, the prompt included' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand chat" -l temperature -d 'Flatness of the draw; 0 is greedy' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand chat" -l top-k -d 'Draw among the K likeliest tokens' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand chat" -l top-p -d 'Draw among the likeliest tokens that together have probability P; 0 and 1 are all' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand chat" -l repetition-penalty -d 'Make tokens that were there already less likely' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand chat" -l no-repeat-ngram-size -d 'Let no N tokens in a row come twice' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand chat" -l seed -d 'Same seed, same draw; -1 is another each time' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand chat" -l stop -d 'End the answer before this text' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand chat" -l num-beams -d 'Follow the N likeliest sequences side by side and answer with the best' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand chat" -l num-return-sequences -d 'Give the N best sequences of a beam search: `outputs` in JSON, `choices` for messages' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand chat" -l length-penalty -d 'Let a beam search prefer longer sequences (above 0) or shorter ones (below 0)' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand chat" -l early-stopping -d 'End a beam search with its Nth sequence, and not once no other can be better' -r -f -a "true\t''
false\t''"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand chat" -l chunk-size -d 'Tokens of the prompt that are computed at once' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand chat" -l threads -d 'Threads to compute with [default: the number of cores]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand chat" -l engine -d 'ONNX Runtime where its library is found and else rten; or one of them' -r -f -a "auto\t'ONNX Runtime where its library is found, else rten; fetches nothing'
ort\t'ONNX Runtime; its library is fetched with pip where it is missing'
rten\t'Pure Rust; needs nothing else'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand chat" -l ort-lib -d 'ONNX Runtime library to use' -r -F
complete -c phi3ml -n "__fish_phi3ml_using_subcommand chat" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand chat" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand chat" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand chat" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand chat" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand chat" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand chat" -l do-sample -d 'Draw from the likely tokens instead of taking the likeliest'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand chat" -l greedy -d 'Take the likeliest token always'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand chat" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand chat" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand chat" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand chat" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand chat" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand chat" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand chat" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand bench" -s m -l model-uri -d 'models:/NAME/VERSION (or latest, or a stage), models:/NAME@ALIAS, models:/m-ID, runs:/RUN_ID/PATH, mlflow-artifacts:/PATH, or a folder' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand bench" -l prompt-lengths -d 'Lengths of the prompts in tokens [default: 16,128,512, as far as the model\'s context goes]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand bench" -l threads -d 'Numbers of threads to compute with [default: the number of cores]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand bench" -l new-tokens -d 'Tokens of each answer' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand bench" -l repeat -d 'How often each prompt is answered' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand bench" -l engine -d 'ONNX Runtime where its library is found and else rten; or one of them' -r -f -a "auto\t'ONNX Runtime where its library is found, else rten; fetches nothing'
ort\t'ONNX Runtime; its library is fetched with pip where it is missing'
rten\t'Pure Rust; needs nothing else'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand bench" -l ort-lib -d 'ONNX Runtime library to use' -r -F
complete -c phi3ml -n "__fish_phi3ml_using_subcommand bench" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand bench" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand bench" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand bench" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand bench" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand bench" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand bench" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand bench" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand bench" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand bench" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand bench" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand bench" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand bench" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand cache; and not __fish_seen_subcommand_from list prune help" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand cache; and not __fish_seen_subcommand_from list prune help" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand cache; and not __fish_seen_subcommand_from list prune help" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand cache; and not __fish_seen_subcommand_from list prune help" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand cache; and not __fish_seen_subcommand_from list prune help" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand cache; and not __fish_seen_subcommand_from list prune help" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand cache; and not __fish_seen_subcommand_from list prune help" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand cache; and not __fish_seen_subcommand_from list prune help" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand cache; and not __fish_seen_subcommand_from list prune help" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand cache; and not __fish_seen_subcommand_from list prune help" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand cache; and not __fish_seen_subcommand_from list prune help" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand cache; and not __fish_seen_subcommand_from list prune help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand cache; and not __fish_seen_subcommand_from list prune help" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand cache; and not __fish_seen_subcommand_from list prune help" -f -a "list" -d 'List what is kept, the longest unused first'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand cache; and not __fish_seen_subcommand_from list prune help" -f -a "prune" -d 'Remove the longest unused models, as many as it takes; none that is in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand cache; and not __fish_seen_subcommand_from list prune help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand cache; and __fish_seen_subcommand_from list" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand cache; and __fish_seen_subcommand_from list" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand cache; and __fish_seen_subcommand_from list" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand cache; and __fish_seen_subcommand_from list" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand cache; and __fish_seen_subcommand_from list" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand cache; and __fish_seen_subcommand_from list" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand cache; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand cache; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand cache; and __fish_seen_subcommand_from list" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand cache; and __fish_seen_subcommand_from list" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand cache; and __fish_seen_subcommand_from list" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand cache; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand cache; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand cache; and __fish_seen_subcommand_from prune" -l max-size -d 'Leave at most this much, such as 5GB; 0 removes all [default: PHI3ML_CACHE_SIZE, or 20GB]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand cache; and __fish_seen_subcommand_from prune" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand cache; and __fish_seen_subcommand_from prune" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand cache; and __fish_seen_subcommand_from prune" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand cache; and __fish_seen_subcommand_from prune" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand cache; and __fish_seen_subcommand_from prune" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand cache; and __fish_seen_subcommand_from prune" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand cache; and __fish_seen_subcommand_from prune" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand cache; and __fish_seen_subcommand_from prune" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand cache; and __fish_seen_subcommand_from prune" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand cache; and __fish_seen_subcommand_from prune" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand cache; and __fish_seen_subcommand_from prune" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand cache; and __fish_seen_subcommand_from prune" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand cache; and __fish_seen_subcommand_from prune" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand cache; and __fish_seen_subcommand_from help" -f -a "list" -d 'List what is kept, the longest unused first'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand cache; and __fish_seen_subcommand_from help" -f -a "prune" -d 'Remove the longest unused models, as many as it takes; none that is in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand cache; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and not __fish_seen_subcommand_from install path probe help" -l ort-lib -d 'ONNX Runtime library to look at first' -r -F
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and not __fish_seen_subcommand_from install path probe help" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and not __fish_seen_subcommand_from install path probe help" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and not __fish_seen_subcommand_from install path probe help" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and not __fish_seen_subcommand_from install path probe help" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and not __fish_seen_subcommand_from install path probe help" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and not __fish_seen_subcommand_from install path probe help" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and not __fish_seen_subcommand_from install path probe help" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and not __fish_seen_subcommand_from install path probe help" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and not __fish_seen_subcommand_from install path probe help" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and not __fish_seen_subcommand_from install path probe help" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and not __fish_seen_subcommand_from install path probe help" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and not __fish_seen_subcommand_from install path probe help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and not __fish_seen_subcommand_from install path probe help" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and not __fish_seen_subcommand_from install path probe help" -f -a "install" -d 'Fetch the library with pip and check it against its known digest'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and not __fish_seen_subcommand_from install path probe help" -f -a "path" -d 'Print the path of the library that is used'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and not __fish_seen_subcommand_from install path probe help" -f -a "probe" -d 'Load a library and end; it may take this process down'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and not __fish_seen_subcommand_from install path probe help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and __fish_seen_subcommand_from install" -l from -d 'Take it from a wheel or a library file instead of fetching it' -r -F
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and __fish_seen_subcommand_from install" -l ort-lib -d 'ONNX Runtime library to look at first' -r -F
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and __fish_seen_subcommand_from install" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and __fish_seen_subcommand_from install" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and __fish_seen_subcommand_from install" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and __fish_seen_subcommand_from install" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and __fish_seen_subcommand_from install" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and __fish_seen_subcommand_from install" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and __fish_seen_subcommand_from install" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and __fish_seen_subcommand_from install" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and __fish_seen_subcommand_from install" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and __fish_seen_subcommand_from install" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and __fish_seen_subcommand_from install" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and __fish_seen_subcommand_from install" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and __fish_seen_subcommand_from install" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and __fish_seen_subcommand_from path" -l ort-lib -d 'ONNX Runtime library to look at first' -r -F
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and __fish_seen_subcommand_from path" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and __fish_seen_subcommand_from path" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and __fish_seen_subcommand_from path" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and __fish_seen_subcommand_from path" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and __fish_seen_subcommand_from path" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and __fish_seen_subcommand_from path" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and __fish_seen_subcommand_from path" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and __fish_seen_subcommand_from path" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and __fish_seen_subcommand_from path" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and __fish_seen_subcommand_from path" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and __fish_seen_subcommand_from path" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and __fish_seen_subcommand_from path" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and __fish_seen_subcommand_from path" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and __fish_seen_subcommand_from probe" -l ort-lib -d 'ONNX Runtime library to look at first' -r -F
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and __fish_seen_subcommand_from probe" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and __fish_seen_subcommand_from probe" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and __fish_seen_subcommand_from probe" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and __fish_seen_subcommand_from probe" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and __fish_seen_subcommand_from probe" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and __fish_seen_subcommand_from probe" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and __fish_seen_subcommand_from probe" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and __fish_seen_subcommand_from probe" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and __fish_seen_subcommand_from probe" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and __fish_seen_subcommand_from probe" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and __fish_seen_subcommand_from probe" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and __fish_seen_subcommand_from probe" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and __fish_seen_subcommand_from probe" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and __fish_seen_subcommand_from help" -f -a "install" -d 'Fetch the library with pip and check it against its known digest'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and __fish_seen_subcommand_from help" -f -a "path" -d 'Print the path of the library that is used'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and __fish_seen_subcommand_from help" -f -a "probe" -d 'Load a library and end; it may take this process down'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand runtime; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand doctor" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand doctor" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand doctor" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand doctor" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand doctor" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand doctor" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand doctor" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand doctor" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand doctor" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand doctor" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand doctor" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand doctor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand doctor" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand config; and not __fish_seen_subcommand_from show help" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand config; and not __fish_seen_subcommand_from show help" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand config; and not __fish_seen_subcommand_from show help" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand config; and not __fish_seen_subcommand_from show help" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand config; and not __fish_seen_subcommand_from show help" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand config; and not __fish_seen_subcommand_from show help" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand config; and not __fish_seen_subcommand_from show help" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand config; and not __fish_seen_subcommand_from show help" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand config; and not __fish_seen_subcommand_from show help" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand config; and not __fish_seen_subcommand_from show help" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand config; and not __fish_seen_subcommand_from show help" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand config; and not __fish_seen_subcommand_from show help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand config; and not __fish_seen_subcommand_from show help" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand config; and not __fish_seen_subcommand_from show help" -f -a "show" -d 'Print each setting, its value and where it came from; secrets are masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand config; and not __fish_seen_subcommand_from show help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand config; and __fish_seen_subcommand_from show" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand config; and __fish_seen_subcommand_from show" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand config; and __fish_seen_subcommand_from show" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand config; and __fish_seen_subcommand_from show" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand config; and __fish_seen_subcommand_from show" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand config; and __fish_seen_subcommand_from show" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand config; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand config; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand config; and __fish_seen_subcommand_from show" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand config; and __fish_seen_subcommand_from show" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand config; and __fish_seen_subcommand_from show" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand config; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand config; and __fish_seen_subcommand_from show" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "show" -d 'Print each setting, its value and where it came from; secrets are masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand api" -l data -d 'JSON to send, or @FILE, or @- for stdin' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand api" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand api" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand api" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand api" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand api" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand api" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand api" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand api" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand api" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand api" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand api" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand api" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand api" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand completions" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand completions" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand completions" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand completions" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand completions" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand completions" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand completions" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand completions" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand completions" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand completions" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand completions" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand completions" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand man" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand man" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand man" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand man" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand man" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand man" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand man" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand man" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand man" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand man" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand man" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand man" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand reference" -l tracking-uri -d 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand reference" -l registry-uri -d 'Model registry [default: the tracking server]' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand reference" -l workspace -d 'Workspace on the server, where it has workspaces' -r
complete -c phi3ml -n "__fish_phi3ml_using_subcommand reference" -s o -l output -d 'How results are written on stdout' -r -f -a "text\t'For people; may change'
json\t'One JSON object; a stable contract'
jsonl\t'One JSON object per line'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand reference" -l progress -d 'How progress is shown on stderr' -r -f -a "auto\t'Bars on a terminal, lines elsewhere'
bar\t'Bars'
plain\t'A line every ten seconds'
json\t'One JSON object per event'
none\t'Nothing'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand reference" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c phi3ml -n "__fish_phi3ml_using_subcommand reference" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand reference" -s v -l verbose -d 'Say more; twice: every request'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand reference" -l dry-run -d 'Read, but write nothing anywhere: say what would be done'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand reference" -l print-curl -d 'Show each request as a curl command on stderr, with secrets masked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand reference" -l offline -d 'Ask no package registry for anything; the tracking server and the cache stay in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand reference" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand reference" -s V -l version -d 'Print version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and not __fish_seen_subcommand_from log-model package inspect register models experiments runs log-params log-metrics set-tags log-batch log-artifacts artifacts log-inputs metrics sync verify predict chat bench cache runtime doctor config api completions man reference help" -f -a "log-model" -d 'Package a model folder, upload it to a run, and register it where asked'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and not __fish_seen_subcommand_from log-model package inspect register models experiments runs log-params log-metrics set-tags log-batch log-artifacts artifacts log-inputs metrics sync verify predict chat bench cache runtime doctor config api completions man reference help" -f -a "package" -d 'Package a model as an MLflow model folder or a .zip, without a server'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and not __fish_seen_subcommand_from log-model package inspect register models experiments runs log-params log-metrics set-tags log-batch log-artifacts artifacts log-inputs metrics sync verify predict chat bench cache runtime doctor config api completions man reference help" -f -a "inspect" -d 'Show what is in a model: flavors, signature, examples, requirements, files'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and not __fish_seen_subcommand_from log-model package inspect register models experiments runs log-params log-metrics set-tags log-batch log-artifacts artifacts log-inputs metrics sync verify predict chat bench cache runtime doctor config api completions man reference help" -f -a "register" -d 'Make a version of a registered model from a logged model'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and not __fish_seen_subcommand_from log-model package inspect register models experiments runs log-params log-metrics set-tags log-batch log-artifacts artifacts log-inputs metrics sync verify predict chat bench cache runtime doctor config api completions man reference help" -f -a "models" -d 'Look after registered models: versions, aliases, tags, stages'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and not __fish_seen_subcommand_from log-model package inspect register models experiments runs log-params log-metrics set-tags log-batch log-artifacts artifacts log-inputs metrics sync verify predict chat bench cache runtime doctor config api completions man reference help" -f -a "experiments" -d 'Create, find and tidy up experiments'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and not __fish_seen_subcommand_from log-model package inspect register models experiments runs log-params log-metrics set-tags log-batch log-artifacts artifacts log-inputs metrics sync verify predict chat bench cache runtime doctor config api completions man reference help" -f -a "runs" -d 'Create, find, compare, finish and export runs'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and not __fish_seen_subcommand_from log-model package inspect register models experiments runs log-params log-metrics set-tags log-batch log-artifacts artifacts log-inputs metrics sync verify predict chat bench cache runtime doctor config api completions man reference help" -f -a "log-params" -d 'Log params to a run'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and not __fish_seen_subcommand_from log-model package inspect register models experiments runs log-params log-metrics set-tags log-batch log-artifacts artifacts log-inputs metrics sync verify predict chat bench cache runtime doctor config api completions man reference help" -f -a "log-metrics" -d 'Log metrics to a run'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and not __fish_seen_subcommand_from log-model package inspect register models experiments runs log-params log-metrics set-tags log-batch log-artifacts artifacts log-inputs metrics sync verify predict chat bench cache runtime doctor config api completions man reference help" -f -a "set-tags" -d 'Set tags of a run, or take them off'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and not __fish_seen_subcommand_from log-model package inspect register models experiments runs log-params log-metrics set-tags log-batch log-artifacts artifacts log-inputs metrics sync verify predict chat bench cache runtime doctor config api completions man reference help" -f -a "log-batch" -d 'Log many params, metrics and tags from a file'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and not __fish_seen_subcommand_from log-model package inspect register models experiments runs log-params log-metrics set-tags log-batch log-artifacts artifacts log-inputs metrics sync verify predict chat bench cache runtime doctor config api completions man reference help" -f -a "log-artifacts" -d 'Upload files and the contents of folders to a run'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and not __fish_seen_subcommand_from log-model package inspect register models experiments runs log-params log-metrics set-tags log-batch log-artifacts artifacts log-inputs metrics sync verify predict chat bench cache runtime doctor config api completions man reference help" -f -a "artifacts" -d 'Look at, fetch or delete the artifacts of a run or a model'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and not __fish_seen_subcommand_from log-model package inspect register models experiments runs log-params log-metrics set-tags log-batch log-artifacts artifacts log-inputs metrics sync verify predict chat bench cache runtime doctor config api completions man reference help" -f -a "log-inputs" -d 'Note on a run which dataset went into it'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and not __fish_seen_subcommand_from log-model package inspect register models experiments runs log-params log-metrics set-tags log-batch log-artifacts artifacts log-inputs metrics sync verify predict chat bench cache runtime doctor config api completions man reference help" -f -a "metrics" -d 'Look at what was measured'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and not __fish_seen_subcommand_from log-model package inspect register models experiments runs log-params log-metrics set-tags log-batch log-artifacts artifacts log-inputs metrics sync verify predict chat bench cache runtime doctor config api completions man reference help" -f -a "sync" -d 'Copy experiments, runs and models to another server or database, each once'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and not __fish_seen_subcommand_from log-model package inspect register models experiments runs log-params log-metrics set-tags log-batch log-artifacts artifacts log-inputs metrics sync verify predict chat bench cache runtime doctor config api completions man reference help" -f -a "verify" -d 'Compare every byte of a model with its recorded SHA-256 digests'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and not __fish_seen_subcommand_from log-model package inspect register models experiments runs log-params log-metrics set-tags log-batch log-artifacts artifacts log-inputs metrics sync verify predict chat bench cache runtime doctor config api completions man reference help" -f -a "predict" -d 'Ask a model something, as a smoke test, or answer a file of prompts'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and not __fish_seen_subcommand_from log-model package inspect register models experiments runs log-params log-metrics set-tags log-batch log-artifacts artifacts log-inputs metrics sync verify predict chat bench cache runtime doctor config api completions man reference help" -f -a "chat" -d 'Talk with a model, line by line'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and not __fish_seen_subcommand_from log-model package inspect register models experiments runs log-params log-metrics set-tags log-batch log-artifacts artifacts log-inputs metrics sync verify predict chat bench cache runtime doctor config api completions man reference help" -f -a "bench" -d 'Measure how fast a model loads and answers, and how much memory it takes'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and not __fish_seen_subcommand_from log-model package inspect register models experiments runs log-params log-metrics set-tags log-batch log-artifacts artifacts log-inputs metrics sync verify predict chat bench cache runtime doctor config api completions man reference help" -f -a "cache" -d 'Look at the models that were fetched, and make room'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and not __fish_seen_subcommand_from log-model package inspect register models experiments runs log-params log-metrics set-tags log-batch log-artifacts artifacts log-inputs metrics sync verify predict chat bench cache runtime doctor config api completions man reference help" -f -a "runtime" -d 'Find or fetch the ONNX Runtime library'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and not __fish_seen_subcommand_from log-model package inspect register models experiments runs log-params log-metrics set-tags log-batch log-artifacts artifacts log-inputs metrics sync verify predict chat bench cache runtime doctor config api completions man reference help" -f -a "doctor" -d 'Find out what works and what is missing: server, access, artifacts, ONNX Runtime'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and not __fish_seen_subcommand_from log-model package inspect register models experiments runs log-params log-metrics set-tags log-batch log-artifacts artifacts log-inputs metrics sync verify predict chat bench cache runtime doctor config api completions man reference help" -f -a "config" -d 'Show what phi3ml works with'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and not __fish_seen_subcommand_from log-model package inspect register models experiments runs log-params log-metrics set-tags log-batch log-artifacts artifacts log-inputs metrics sync verify predict chat bench cache runtime doctor config api completions man reference help" -f -a "api" -d 'Send any request to the tracking server, with credentials'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and not __fish_seen_subcommand_from log-model package inspect register models experiments runs log-params log-metrics set-tags log-batch log-artifacts artifacts log-inputs metrics sync verify predict chat bench cache runtime doctor config api completions man reference help" -f -a "completions" -d 'Print the completions for a shell'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and not __fish_seen_subcommand_from log-model package inspect register models experiments runs log-params log-metrics set-tags log-batch log-artifacts artifacts log-inputs metrics sync verify predict chat bench cache runtime doctor config api completions man reference help" -f -a "man" -d 'Print the manual page'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and not __fish_seen_subcommand_from log-model package inspect register models experiments runs log-params log-metrics set-tags log-batch log-artifacts artifacts log-inputs metrics sync verify predict chat bench cache runtime doctor config api completions man reference help" -f -a "reference" -d 'Print the reference of all commands, as the README holds it'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and not __fish_seen_subcommand_from log-model package inspect register models experiments runs log-params log-metrics set-tags log-batch log-artifacts artifacts log-inputs metrics sync verify predict chat bench cache runtime doctor config api completions man reference help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and __fish_seen_subcommand_from models" -f -a "list" -d 'List all registered models'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and __fish_seen_subcommand_from models" -f -a "search" -d 'List the registered models that fit a filter'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and __fish_seen_subcommand_from models" -f -a "get" -d 'Show a registered model'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and __fish_seen_subcommand_from models" -f -a "create" -d 'Create a registered model that has no version yet'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and __fish_seen_subcommand_from models" -f -a "update" -d 'Change the description of a registered model'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and __fish_seen_subcommand_from models" -f -a "rename" -d 'Give a registered model another name; its versions, aliases and tags go along'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and __fish_seen_subcommand_from models" -f -a "delete" -d 'Delete a registered model with all its versions'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and __fish_seen_subcommand_from models" -f -a "versions" -d 'List the versions of a registered model, newest first'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and __fish_seen_subcommand_from models" -f -a "version" -d 'Show a version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and __fish_seen_subcommand_from models" -f -a "update-version" -d 'Change the description of a version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and __fish_seen_subcommand_from models" -f -a "delete-version" -d 'Delete a version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and __fish_seen_subcommand_from models" -f -a "alias" -d 'Point an alias to a version, wherever it pointed before'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and __fish_seen_subcommand_from models" -f -a "delete-alias" -d 'Take an alias away; the version stays'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and __fish_seen_subcommand_from models" -f -a "tag" -d 'Set tags of a registered model or of a version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and __fish_seen_subcommand_from models" -f -a "delete-tag" -d 'Take tags off a registered model or a version'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and __fish_seen_subcommand_from models" -f -a "stage" -d 'Move a version to a stage (MLflow prefers aliases today)'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and __fish_seen_subcommand_from models" -f -a "download" -d 'Fetch the files of a model, each checked against its digest'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and __fish_seen_subcommand_from models" -f -a "update-pip-requirements" -d 'Change the requirements of a model that is packaged or logged already'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and __fish_seen_subcommand_from experiments" -f -a "create" -d 'Create an experiment'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and __fish_seen_subcommand_from experiments" -f -a "list" -d 'List experiments, the newest first'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and __fish_seen_subcommand_from experiments" -f -a "search" -d 'List the experiments that fit a filter'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and __fish_seen_subcommand_from experiments" -f -a "get" -d 'Show an experiment'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and __fish_seen_subcommand_from experiments" -f -a "rename" -d 'Give an experiment another name'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and __fish_seen_subcommand_from experiments" -f -a "delete" -d 'Put experiments into the bin, with their runs'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and __fish_seen_subcommand_from experiments" -f -a "restore" -d 'Take experiments out of the bin'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and __fish_seen_subcommand_from experiments" -f -a "set-tag" -d 'Note something on an experiment'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and __fish_seen_subcommand_from runs" -f -a "create" -d 'Create a run and leave it running'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and __fish_seen_subcommand_from runs" -f -a "list" -d 'List the runs of an experiment, the newest first'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and __fish_seen_subcommand_from runs" -f -a "search" -d 'List the runs that fit a filter'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and __fish_seen_subcommand_from runs" -f -a "get" -d 'Show a run, or several side by side'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and __fish_seen_subcommand_from runs" -f -a "finish" -d 'Say that a run has ended'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and __fish_seen_subcommand_from runs" -f -a "delete" -d 'Put runs into the bin'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and __fish_seen_subcommand_from runs" -f -a "restore" -d 'Take runs out of the bin'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and __fish_seen_subcommand_from runs" -f -a "export" -d 'Write runs as CSV or JSON, however many there are'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and __fish_seen_subcommand_from artifacts" -f -a "list" -d 'List what lies in a folder'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and __fish_seen_subcommand_from artifacts" -f -a "download" -d 'Fetch a file, or a folder with all that is below it'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and __fish_seen_subcommand_from artifacts" -f -a "cat" -d 'Write a file on stdout'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and __fish_seen_subcommand_from artifacts" -f -a "delete" -d 'Delete a file, or a folder with all that is below it'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and __fish_seen_subcommand_from metrics" -f -a "history" -d 'Every point of a metric of a run'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and __fish_seen_subcommand_from cache" -f -a "list" -d 'List what is kept, the longest unused first'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and __fish_seen_subcommand_from cache" -f -a "prune" -d 'Remove the longest unused models, as many as it takes; none that is in use'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and __fish_seen_subcommand_from runtime" -f -a "install" -d 'Fetch the library with pip and check it against its known digest'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and __fish_seen_subcommand_from runtime" -f -a "path" -d 'Print the path of the library that is used'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and __fish_seen_subcommand_from runtime" -f -a "probe" -d 'Load a library and end; it may take this process down'
complete -c phi3ml -n "__fish_phi3ml_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "show" -d 'Print each setting, its value and where it came from; secrets are masked'
