
use builtin;
use str;

set edit:completion:arg-completer[phi3ml] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'phi3ml'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'phi3ml'= {
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand log-model 'Package a model folder, upload it to a run, and register it where asked'
            cand package 'Package a model as an MLflow model folder or a .zip, without a server'
            cand inspect 'Show what is in a model: flavors, signature, examples, requirements, files'
            cand register 'Make a version of a registered model from a logged model'
            cand models 'Look after registered models: versions, aliases, tags, stages'
            cand experiments 'Create, find and tidy up experiments'
            cand runs 'Create, find, compare, finish and export runs'
            cand log-params 'Log params to a run'
            cand log-metrics 'Log metrics to a run'
            cand set-tags 'Set tags of a run, or take them off'
            cand log-batch 'Log many params, metrics and tags from a file'
            cand log-artifacts 'Upload files and the contents of folders to a run'
            cand artifacts 'Look at, fetch or delete the artifacts of a run or a model'
            cand log-inputs 'Note on a run which dataset went into it'
            cand metrics 'Look at what was measured'
            cand verify 'Compare every byte of a model with its recorded SHA-256 digests'
            cand predict 'Ask a model something, as a smoke test'
            cand cache 'Look at the models that were fetched, and make room'
            cand runtime 'Find or fetch the ONNX Runtime library'
            cand doctor 'Find out what works and what is missing: server, access, artifacts, ONNX Runtime'
            cand config 'Show what phi3ml works with'
            cand api 'Send any request to the tracking server, with credentials'
            cand completions 'Print the completions for a shell'
            cand man 'Print the manual page'
            cand reference 'Print the reference of all commands, as the README holds it'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'phi3ml;log-model'= {
            cand --name 'Name of the logged model'
            cand --run-id 'Log into this run [env: MLFLOW_RUN_ID] [default: a new run]'
            cand --run-name 'Name of the new run [default: the server makes one up]'
            cand --experiment-name 'Experiment of the new run, created where it is missing [env: MLFLOW_EXPERIMENT_NAME]'
            cand --experiment-id 'Experiment of the new run, by id [env: MLFLOW_EXPERIMENT_ID] [default: 0]'
            cand --param 'Param of the run'
            cand --metric 'Metric of the run'
            cand --tag 'Tag of the run'
            cand --flavor 'Way in which MLflow loads the model; each kind of source has one'
            cand --task 'What the model is asked and answers [default: prompt; of a checkpoint: text-generation]'
            cand --input-example 'Request that the model answers, as JSON or @FILE, or `none` [default: one of the task]; {"inputs": ..., "params": {...}} has params, {"dataframe_split": ...} is a data frame and {"instances": ...} a tensor'
            cand --signature 'What goes in and comes out: @FILE with {inputs, outputs, params} as in MLmodel, `none`, or `auto`, that of the task, the graph or else of the input example [default: auto]'
            cand --model-config 'What the model''s code is configured with, such as temperature=0.7; or @FILE with a JSON object'
            cand --python-model 'Python file with your own PythonModel, in place of a generated one; SOURCE becomes its artifact'
            cand --artifact 'Further file or folder that the model''s Python code finds by name'
            cand --artifact-name 'Name under which the model''s Python code finds SOURCE [default: phi3-mini-onnx]'
            cand --code-path 'File or folder with Python code that the model imports'
            cand --metadata 'Note in MLmodel'
            cand --python-version 'Python version of the environment files [default: 3.11]'
            cand --pip-requirements 'File with the requirements of the model, in place of those of its flavor'
            cand --constraint 'File with constraints for pip'
            cand --conda-env 'File with the conda environment of the model; its pip list becomes requirements.txt'
            cand --extra-pip-requirement 'Further line of requirements.txt'
            cand --register 'Make a version of this registered model, created where it is missing'
            cand --alias 'Alias of the new version, moved from an older one'
            cand --version-tag 'Tag of the new version'
            cand --description 'Description of the new version'
            cand --smoke 'Read the logged model back, ask it this, and set aliases only if it answers as expected'
            cand --expect 'Text that the answer must hold; all of them if given more than once'
            cand --threads 'Threads to compute with [default: the number of cores]'
            cand --engine 'ONNX Runtime where its library is found and else rten; or one of them'
            cand --ort-lib 'ONNX Runtime library to use'
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand --fresh 'Forget what an earlier, interrupted call left to be continued'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;package'= {
            cand --flavor 'Way in which MLflow loads the model; each kind of source has one'
            cand --task 'What the model is asked and answers [default: prompt; of a checkpoint: text-generation]'
            cand --input-example 'Request that the model answers, as JSON or @FILE, or `none` [default: one of the task]; {"inputs": ..., "params": {...}} has params, {"dataframe_split": ...} is a data frame and {"instances": ...} a tensor'
            cand --signature 'What goes in and comes out: @FILE with {inputs, outputs, params} as in MLmodel, `none`, or `auto`, that of the task, the graph or else of the input example [default: auto]'
            cand --model-config 'What the model''s code is configured with, such as temperature=0.7; or @FILE with a JSON object'
            cand --python-model 'Python file with your own PythonModel, in place of a generated one; SOURCE becomes its artifact'
            cand --artifact 'Further file or folder that the model''s Python code finds by name'
            cand --artifact-name 'Name under which the model''s Python code finds SOURCE [default: phi3-mini-onnx]'
            cand --code-path 'File or folder with Python code that the model imports'
            cand --metadata 'Note in MLmodel'
            cand --python-version 'Python version of the environment files [default: 3.11]'
            cand --pip-requirements 'File with the requirements of the model, in place of those of its flavor'
            cand --constraint 'File with constraints for pip'
            cand --conda-env 'File with the conda environment of the model; its pip list becomes requirements.txt'
            cand --extra-pip-requirement 'Further line of requirements.txt'
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;inspect'= {
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;register'= {
            cand --alias 'Alias of the version, moved from an older one'
            cand --tag 'Tag of the version'
            cand --description 'Description of the version'
            cand --if-exists 'What to do where a version of the same source is there already'
            cand --wait 'How long to wait until the version is ready'
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;models'= {
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand list 'List all registered models'
            cand search 'List the registered models that fit a filter'
            cand get 'Show a registered model'
            cand create 'Create a registered model that has no version yet'
            cand update 'Change the description of a registered model'
            cand rename 'Give a registered model another name; its versions, aliases and tags go along'
            cand delete 'Delete a registered model with all its versions'
            cand versions 'List the versions of a registered model, newest first'
            cand version 'Show a version'
            cand update-version 'Change the description of a version'
            cand delete-version 'Delete a version'
            cand alias 'Point an alias to a version, wherever it pointed before'
            cand delete-alias 'Take an alias away; the version stays'
            cand tag 'Set tags of a registered model or of a version'
            cand delete-tag 'Take tags off a registered model or a version'
            cand stage 'Move a version to a stage (MLflow prefers aliases today)'
            cand download 'Fetch the files of a model, each checked against its digest'
            cand update-pip-requirements 'Change the requirements of a model that is packaged or logged already'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'phi3ml;models;list'= {
            cand --order-by 'What to sort by: name or timestamp, with ASC or DESC'
            cand --max-results 'At most this many [default: all]'
            cand --page-token 'Go on where another list ended: its next_page_token'
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;models;search'= {
            cand --order-by 'What to sort by: name or timestamp, with ASC or DESC'
            cand --max-results 'At most this many [default: all]'
            cand --page-token 'Go on where another list ended: its next_page_token'
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;models;get'= {
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;models;create'= {
            cand --description 'What there is to say about it'
            cand --tag 'Tag of it'
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;models;update'= {
            cand --description 'What there is to say about it; nothing takes the old text away'
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;models;rename'= {
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;models;delete'= {
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;models;versions'= {
            cand --filter 'Further condition in MLflow''s language, such as "tags.quantization = ''int4''"'
            cand --max-results 'At most this many [default: all]'
            cand --page-token 'Go on where another list ended: its next_page_token'
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;models;version'= {
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;models;update-version'= {
            cand --description 'What there is to say about it; nothing takes the old text away'
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;models;delete-version'= {
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;models;alias'= {
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;models;delete-alias'= {
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;models;tag'= {
            cand --version 'Tag this version and not the model: number, @ALIAS or latest'
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'phi3ml;models;delete-tag'= {
            cand --version 'Take them off this version and not off the model: number, @ALIAS or latest'
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'phi3ml;models;stage'= {
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand --archive-existing-versions 'Move the versions that are in this stage to Archived'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;models;download'= {
            cand -d 'Folder for the files [default: ./NAME-VERSION]'
            cand --dst-path 'Folder for the files [default: ./NAME-VERSION]'
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;models;update-pip-requirements'= {
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;models;help'= {
            cand list 'List all registered models'
            cand search 'List the registered models that fit a filter'
            cand get 'Show a registered model'
            cand create 'Create a registered model that has no version yet'
            cand update 'Change the description of a registered model'
            cand rename 'Give a registered model another name; its versions, aliases and tags go along'
            cand delete 'Delete a registered model with all its versions'
            cand versions 'List the versions of a registered model, newest first'
            cand version 'Show a version'
            cand update-version 'Change the description of a version'
            cand delete-version 'Delete a version'
            cand alias 'Point an alias to a version, wherever it pointed before'
            cand delete-alias 'Take an alias away; the version stays'
            cand tag 'Set tags of a registered model or of a version'
            cand delete-tag 'Take tags off a registered model or a version'
            cand stage 'Move a version to a stage (MLflow prefers aliases today)'
            cand download 'Fetch the files of a model, each checked against its digest'
            cand update-pip-requirements 'Change the requirements of a model that is packaged or logged already'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'phi3ml;models;help;list'= {
        }
        &'phi3ml;models;help;search'= {
        }
        &'phi3ml;models;help;get'= {
        }
        &'phi3ml;models;help;create'= {
        }
        &'phi3ml;models;help;update'= {
        }
        &'phi3ml;models;help;rename'= {
        }
        &'phi3ml;models;help;delete'= {
        }
        &'phi3ml;models;help;versions'= {
        }
        &'phi3ml;models;help;version'= {
        }
        &'phi3ml;models;help;update-version'= {
        }
        &'phi3ml;models;help;delete-version'= {
        }
        &'phi3ml;models;help;alias'= {
        }
        &'phi3ml;models;help;delete-alias'= {
        }
        &'phi3ml;models;help;tag'= {
        }
        &'phi3ml;models;help;delete-tag'= {
        }
        &'phi3ml;models;help;stage'= {
        }
        &'phi3ml;models;help;download'= {
        }
        &'phi3ml;models;help;update-pip-requirements'= {
        }
        &'phi3ml;models;help;help'= {
        }
        &'phi3ml;experiments'= {
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand create 'Create an experiment'
            cand list 'List experiments, the newest first'
            cand search 'List the experiments that fit a filter'
            cand get 'Show an experiment'
            cand rename 'Give an experiment another name'
            cand delete 'Put experiments into the bin, with their runs'
            cand restore 'Take experiments out of the bin'
            cand set-tag 'Note something on an experiment'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'phi3ml;experiments;create'= {
            cand --artifact-location 'Where its artifacts will lie [default: the server decides]'
            cand --description 'What is said about it'
            cand --tag 'Tag of the experiment'
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;experiments;list'= {
            cand --view 'Whether those in the bin are listed'
            cand --max-results 'At most this many [default: all]'
            cand --page-token 'Go on where another list ended: its next_page_token'
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;experiments;search'= {
            cand --order-by 'Order, such as: name ASC; further ones decide where the first is equal'
            cand --view 'Whether those in the bin are searched'
            cand --max-results 'At most this many [default: all]'
            cand --page-token 'Go on where another list ended: its next_page_token'
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;experiments;get'= {
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;experiments;rename'= {
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;experiments;delete'= {
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;experiments;restore'= {
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;experiments;set-tag'= {
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;experiments;help'= {
            cand create 'Create an experiment'
            cand list 'List experiments, the newest first'
            cand search 'List the experiments that fit a filter'
            cand get 'Show an experiment'
            cand rename 'Give an experiment another name'
            cand delete 'Put experiments into the bin, with their runs'
            cand restore 'Take experiments out of the bin'
            cand set-tag 'Note something on an experiment'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'phi3ml;experiments;help;create'= {
        }
        &'phi3ml;experiments;help;list'= {
        }
        &'phi3ml;experiments;help;search'= {
        }
        &'phi3ml;experiments;help;get'= {
        }
        &'phi3ml;experiments;help;rename'= {
        }
        &'phi3ml;experiments;help;delete'= {
        }
        &'phi3ml;experiments;help;restore'= {
        }
        &'phi3ml;experiments;help;set-tag'= {
        }
        &'phi3ml;experiments;help;help'= {
        }
        &'phi3ml;runs'= {
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand create 'Create a run and leave it running'
            cand list 'List the runs of an experiment, the newest first'
            cand search 'List the runs that fit a filter'
            cand get 'Show a run, or several side by side'
            cand finish 'Say that a run has ended'
            cand delete 'Put runs into the bin'
            cand restore 'Take runs out of the bin'
            cand export 'Write runs as CSV or JSON, however many there are'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'phi3ml;runs;create'= {
            cand --run-name 'Its name [default: the server makes one up]'
            cand --experiment-name 'Its experiment, created where it is missing [env: MLFLOW_EXPERIMENT_NAME]'
            cand --experiment-id 'Its experiment, by id [env: MLFLOW_EXPERIMENT_ID] [default: 0]'
            cand --parent-run-id 'The run that it is a part of; without an experiment it goes to that run''s'
            cand --description 'What is said about it'
            cand --tag 'Tag of the run'
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;runs;list'= {
            cand --experiment-name 'Experiment; may be given more than once [env: MLFLOW_EXPERIMENT_NAME]'
            cand --experiment-id 'Experiment, by id; may be given more than once [env: MLFLOW_EXPERIMENT_ID] [default: 0]'
            cand --order-by 'Order, such as: metrics.loss ASC; further ones decide where the first is equal'
            cand --view 'Whether runs in the bin are shown'
            cand --max-results 'At most this many [default: all]'
            cand --page-token 'Go on where another list ended: its next_page_token'
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand --all-experiments 'All experiments'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;runs;search'= {
            cand --experiment-name 'Experiment; may be given more than once [env: MLFLOW_EXPERIMENT_NAME]'
            cand --experiment-id 'Experiment, by id; may be given more than once [env: MLFLOW_EXPERIMENT_ID] [default: 0]'
            cand --order-by 'Order, such as: metrics.loss ASC; further ones decide where the first is equal'
            cand --view 'Whether runs in the bin are shown'
            cand --max-results 'At most this many [default: all]'
            cand --page-token 'Go on where another list ended: its next_page_token'
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand --all-experiments 'All experiments'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;runs;get'= {
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;runs;finish'= {
            cand --status 'How it ended'
            cand --end-time 'When it ended, in milliseconds since 1970 [default: now]'
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;runs;delete'= {
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;runs;restore'= {
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;runs;export'= {
            cand --filter 'Only runs that fit, in MLflow''s filter language'
            cand --experiment-name 'Experiment; may be given more than once [env: MLFLOW_EXPERIMENT_NAME]'
            cand --experiment-id 'Experiment, by id; may be given more than once [env: MLFLOW_EXPERIMENT_ID] [default: 0]'
            cand --order-by 'Order, such as: metrics.loss ASC; further ones decide where the first is equal'
            cand --view 'Whether runs in the bin are shown'
            cand --format 'How they are written [default: csv, or what --output says]'
            cand --columns 'Columns of CSV, such as: run_id,params.lr,metrics.loss [default: all, for which runs are read twice]'
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand --all-experiments 'All experiments'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;runs;help'= {
            cand create 'Create a run and leave it running'
            cand list 'List the runs of an experiment, the newest first'
            cand search 'List the runs that fit a filter'
            cand get 'Show a run, or several side by side'
            cand finish 'Say that a run has ended'
            cand delete 'Put runs into the bin'
            cand restore 'Take runs out of the bin'
            cand export 'Write runs as CSV or JSON, however many there are'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'phi3ml;runs;help;create'= {
        }
        &'phi3ml;runs;help;list'= {
        }
        &'phi3ml;runs;help;search'= {
        }
        &'phi3ml;runs;help;get'= {
        }
        &'phi3ml;runs;help;finish'= {
        }
        &'phi3ml;runs;help;delete'= {
        }
        &'phi3ml;runs;help;restore'= {
        }
        &'phi3ml;runs;help;export'= {
        }
        &'phi3ml;runs;help;help'= {
        }
        &'phi3ml;log-params'= {
            cand --run-id 'The run [env: MLFLOW_RUN_ID]'
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand --truncate 'Cut values that are longer than MLflow keeps, instead of stopping'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;log-metrics'= {
            cand --run-id 'The run [env: MLFLOW_RUN_ID]'
            cand --step 'The step at which they were measured'
            cand --timestamp 'When they were measured, in milliseconds since 1970 [default: now]'
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;set-tags'= {
            cand --run-id 'The run [env: MLFLOW_RUN_ID]'
            cand --delete 'Take this tag off'
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;log-batch'= {
            cand --run-id 'The run [env: MLFLOW_RUN_ID]'
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand --check 'Read all of it before anything is sent, and send nothing if any line is bad'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;log-artifacts'= {
            cand --run-id 'The run [env: MLFLOW_RUN_ID]'
            cand --artifact-path 'Folder of the run that they go into [default: its root]'
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand --fresh 'Forget what an earlier, interrupted call left to be continued'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;artifacts'= {
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand list 'List what lies in a folder'
            cand download 'Fetch a file, or a folder with all that is below it'
            cand cat 'Write a file on stdout'
            cand delete 'Delete a file, or a folder with all that is below it'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'phi3ml;artifacts;list'= {
            cand --run-id 'Those of this run'
            cand --artifact-uri 'Those at models:/NAME/VERSION[/PATH], runs:/RUN_ID/PATH, or an address such as mlflow-artifacts:/…'
            cand --artifact-path 'A file or folder below that'
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -R 'All files and folders below it, too'
            cand --recursive 'All files and folders below it, too'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;artifacts;download'= {
            cand --run-id 'Those of this run'
            cand --artifact-uri 'Those at models:/NAME/VERSION[/PATH], runs:/RUN_ID/PATH, or an address such as mlflow-artifacts:/…'
            cand --artifact-path 'A file or folder below that'
            cand -d 'Folder for the files, which keep their path in it [default: . or, without a path, one named after the run]'
            cand --dst-path 'Folder for the files, which keep their path in it [default: . or, without a path, one named after the run]'
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;artifacts;cat'= {
            cand --run-id 'Those of this run'
            cand --artifact-uri 'Those at models:/NAME/VERSION[/PATH], runs:/RUN_ID/PATH, or an address such as mlflow-artifacts:/…'
            cand --artifact-path 'A file or folder below that'
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;artifacts;delete'= {
            cand --run-id 'Those of this run'
            cand --artifact-uri 'Those at models:/NAME/VERSION[/PATH], runs:/RUN_ID/PATH, or an address such as mlflow-artifacts:/…'
            cand --artifact-path 'A file or folder below that'
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand --all 'Delete all of it where no path is named'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;artifacts;help'= {
            cand list 'List what lies in a folder'
            cand download 'Fetch a file, or a folder with all that is below it'
            cand cat 'Write a file on stdout'
            cand delete 'Delete a file, or a folder with all that is below it'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'phi3ml;artifacts;help;list'= {
        }
        &'phi3ml;artifacts;help;download'= {
        }
        &'phi3ml;artifacts;help;cat'= {
        }
        &'phi3ml;artifacts;help;delete'= {
        }
        &'phi3ml;artifacts;help;help'= {
        }
        &'phi3ml;log-inputs'= {
            cand --run-id 'The run [env: MLFLOW_RUN_ID]'
            cand --name 'Name of the dataset'
            cand --source 'Where it comes from: an address, or a path'
            cand --digest 'What tells it from another of its name [default: made from the source]'
            cand --context 'What it was for, such as training'
            cand --tag 'Tag of this use of it'
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;metrics'= {
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand history 'Every point of a metric of a run'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'phi3ml;metrics;history'= {
            cand --run-id 'The run [env: MLFLOW_RUN_ID]'
            cand --max-results 'At most this many [default: all]'
            cand --page-token 'Go on where another list ended: its next_page_token'
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand --plot 'Draw it, where the output is text'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;metrics;help'= {
            cand history 'Every point of a metric of a run'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'phi3ml;metrics;help;history'= {
        }
        &'phi3ml;metrics;help;help'= {
        }
        &'phi3ml;verify'= {
            cand --against 'Compare with the files in this folder: a copy of the model, or the folder that it was logged from'
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;predict'= {
            cand -m 'models:/NAME/VERSION (or latest, or a stage), models:/NAME@ALIAS, models:/m-ID, runs:/RUN_ID/PATH, mlflow-artifacts:/PATH, or a folder'
            cand --model-uri 'models:/NAME/VERSION (or latest, or a stage), models:/NAME@ALIAS, models:/m-ID, runs:/RUN_ID/PATH, mlflow-artifacts:/PATH, or a folder'
            cand --prompt 'The prompt'
            cand --prompt-file 'File that holds the prompt'
            cand --message 'One user message, answered as a chat completion'
            cand --system 'System message that goes before it'
            cand --messages 'Conversation as a JSON list of {role, content}, or @FILE'
            cand --expect 'Text that the answer must hold; all of them if given more than once'
            cand --expect-regex 'Regular expression that the answer must match; all of them if given more than once'
            cand --max-tokens 'At most this many new tokens'
            cand --max-length 'At most this many tokens, the prompt included'
            cand --min-length 'No end before this many tokens, the prompt included'
            cand --temperature 'Flatness of the draw; 0 is greedy'
            cand --top-k 'Draw among the K likeliest tokens'
            cand --top-p 'Draw among the likeliest tokens that together have probability P'
            cand --repetition-penalty 'Make tokens that were there already less likely'
            cand --no-repeat-ngram-size 'Let no N tokens in a row come twice'
            cand --seed 'Same seed, same draw'
            cand --stop 'End the answer before this text'
            cand --threads 'Threads to compute with [default: the number of cores]'
            cand --engine 'ONNX Runtime where its library is found and else rten; or one of them'
            cand --ort-lib 'ONNX Runtime library to use'
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand --raw 'Take the prompt as it is, without the chat template'
            cand --no-stream 'Write the answer at the end and not while it is made'
            cand --stats 'Tell on stderr how long it took'
            cand --do-sample 'Draw from the likely tokens instead of taking the likeliest'
            cand --greedy 'Take the likeliest token always'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;cache'= {
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand list 'List what is kept, the longest unused first'
            cand prune 'Remove the longest unused models, as many as it takes; none that is in use'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'phi3ml;cache;list'= {
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;cache;prune'= {
            cand --max-size 'Leave at most this much, such as 5GB; 0 removes all [default: PHI3ML_CACHE_SIZE, or 20GB]'
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;cache;help'= {
            cand list 'List what is kept, the longest unused first'
            cand prune 'Remove the longest unused models, as many as it takes; none that is in use'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'phi3ml;cache;help;list'= {
        }
        &'phi3ml;cache;help;prune'= {
        }
        &'phi3ml;cache;help;help'= {
        }
        &'phi3ml;runtime'= {
            cand --ort-lib 'ONNX Runtime library to look at first'
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand install 'Fetch the library with pip and check it against its known digest'
            cand path 'Print the path of the library that is used'
            cand probe 'Load a library and end; it may take this process down'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'phi3ml;runtime;install'= {
            cand --from 'Take it from a wheel or a library file instead of fetching it'
            cand --ort-lib 'ONNX Runtime library to look at first'
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;runtime;path'= {
            cand --ort-lib 'ONNX Runtime library to look at first'
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;runtime;probe'= {
            cand --ort-lib 'ONNX Runtime library to look at first'
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;runtime;help'= {
            cand install 'Fetch the library with pip and check it against its known digest'
            cand path 'Print the path of the library that is used'
            cand probe 'Load a library and end; it may take this process down'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'phi3ml;runtime;help;install'= {
        }
        &'phi3ml;runtime;help;path'= {
        }
        &'phi3ml;runtime;help;probe'= {
        }
        &'phi3ml;runtime;help;help'= {
        }
        &'phi3ml;doctor'= {
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;config'= {
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand show 'Print each setting, its value and where it came from; secrets are masked'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'phi3ml;config;show'= {
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;config;help'= {
            cand show 'Print each setting, its value and where it came from; secrets are masked'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'phi3ml;config;help;show'= {
        }
        &'phi3ml;config;help;help'= {
        }
        &'phi3ml;api'= {
            cand --data 'JSON to send, or @FILE, or @- for stdin'
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;completions'= {
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;man'= {
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;reference'= {
            cand --tracking-uri 'Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]'
            cand --registry-uri 'Model registry [default: the tracking server]'
            cand --workspace 'Workspace on the server, where it has workspaces'
            cand -o 'How results are written on stdout'
            cand --output 'How results are written on stdout'
            cand --progress 'How progress is shown on stderr'
            cand --color 'When to use colours'
            cand -q 'Say nothing on stderr but errors'
            cand --quiet 'Say nothing on stderr but errors'
            cand -v 'Say more; twice: every request'
            cand --verbose 'Say more; twice: every request'
            cand --dry-run 'Read, but write nothing anywhere: say what would be done'
            cand --print-curl 'Show each request as a curl command on stderr, with secrets masked'
            cand --offline 'Ask no package registry for anything; the tracking server and the cache stay in use'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'phi3ml;help'= {
            cand log-model 'Package a model folder, upload it to a run, and register it where asked'
            cand package 'Package a model as an MLflow model folder or a .zip, without a server'
            cand inspect 'Show what is in a model: flavors, signature, examples, requirements, files'
            cand register 'Make a version of a registered model from a logged model'
            cand models 'Look after registered models: versions, aliases, tags, stages'
            cand experiments 'Create, find and tidy up experiments'
            cand runs 'Create, find, compare, finish and export runs'
            cand log-params 'Log params to a run'
            cand log-metrics 'Log metrics to a run'
            cand set-tags 'Set tags of a run, or take them off'
            cand log-batch 'Log many params, metrics and tags from a file'
            cand log-artifacts 'Upload files and the contents of folders to a run'
            cand artifacts 'Look at, fetch or delete the artifacts of a run or a model'
            cand log-inputs 'Note on a run which dataset went into it'
            cand metrics 'Look at what was measured'
            cand verify 'Compare every byte of a model with its recorded SHA-256 digests'
            cand predict 'Ask a model something, as a smoke test'
            cand cache 'Look at the models that were fetched, and make room'
            cand runtime 'Find or fetch the ONNX Runtime library'
            cand doctor 'Find out what works and what is missing: server, access, artifacts, ONNX Runtime'
            cand config 'Show what phi3ml works with'
            cand api 'Send any request to the tracking server, with credentials'
            cand completions 'Print the completions for a shell'
            cand man 'Print the manual page'
            cand reference 'Print the reference of all commands, as the README holds it'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'phi3ml;help;log-model'= {
        }
        &'phi3ml;help;package'= {
        }
        &'phi3ml;help;inspect'= {
        }
        &'phi3ml;help;register'= {
        }
        &'phi3ml;help;models'= {
            cand list 'List all registered models'
            cand search 'List the registered models that fit a filter'
            cand get 'Show a registered model'
            cand create 'Create a registered model that has no version yet'
            cand update 'Change the description of a registered model'
            cand rename 'Give a registered model another name; its versions, aliases and tags go along'
            cand delete 'Delete a registered model with all its versions'
            cand versions 'List the versions of a registered model, newest first'
            cand version 'Show a version'
            cand update-version 'Change the description of a version'
            cand delete-version 'Delete a version'
            cand alias 'Point an alias to a version, wherever it pointed before'
            cand delete-alias 'Take an alias away; the version stays'
            cand tag 'Set tags of a registered model or of a version'
            cand delete-tag 'Take tags off a registered model or a version'
            cand stage 'Move a version to a stage (MLflow prefers aliases today)'
            cand download 'Fetch the files of a model, each checked against its digest'
            cand update-pip-requirements 'Change the requirements of a model that is packaged or logged already'
        }
        &'phi3ml;help;models;list'= {
        }
        &'phi3ml;help;models;search'= {
        }
        &'phi3ml;help;models;get'= {
        }
        &'phi3ml;help;models;create'= {
        }
        &'phi3ml;help;models;update'= {
        }
        &'phi3ml;help;models;rename'= {
        }
        &'phi3ml;help;models;delete'= {
        }
        &'phi3ml;help;models;versions'= {
        }
        &'phi3ml;help;models;version'= {
        }
        &'phi3ml;help;models;update-version'= {
        }
        &'phi3ml;help;models;delete-version'= {
        }
        &'phi3ml;help;models;alias'= {
        }
        &'phi3ml;help;models;delete-alias'= {
        }
        &'phi3ml;help;models;tag'= {
        }
        &'phi3ml;help;models;delete-tag'= {
        }
        &'phi3ml;help;models;stage'= {
        }
        &'phi3ml;help;models;download'= {
        }
        &'phi3ml;help;models;update-pip-requirements'= {
        }
        &'phi3ml;help;experiments'= {
            cand create 'Create an experiment'
            cand list 'List experiments, the newest first'
            cand search 'List the experiments that fit a filter'
            cand get 'Show an experiment'
            cand rename 'Give an experiment another name'
            cand delete 'Put experiments into the bin, with their runs'
            cand restore 'Take experiments out of the bin'
            cand set-tag 'Note something on an experiment'
        }
        &'phi3ml;help;experiments;create'= {
        }
        &'phi3ml;help;experiments;list'= {
        }
        &'phi3ml;help;experiments;search'= {
        }
        &'phi3ml;help;experiments;get'= {
        }
        &'phi3ml;help;experiments;rename'= {
        }
        &'phi3ml;help;experiments;delete'= {
        }
        &'phi3ml;help;experiments;restore'= {
        }
        &'phi3ml;help;experiments;set-tag'= {
        }
        &'phi3ml;help;runs'= {
            cand create 'Create a run and leave it running'
            cand list 'List the runs of an experiment, the newest first'
            cand search 'List the runs that fit a filter'
            cand get 'Show a run, or several side by side'
            cand finish 'Say that a run has ended'
            cand delete 'Put runs into the bin'
            cand restore 'Take runs out of the bin'
            cand export 'Write runs as CSV or JSON, however many there are'
        }
        &'phi3ml;help;runs;create'= {
        }
        &'phi3ml;help;runs;list'= {
        }
        &'phi3ml;help;runs;search'= {
        }
        &'phi3ml;help;runs;get'= {
        }
        &'phi3ml;help;runs;finish'= {
        }
        &'phi3ml;help;runs;delete'= {
        }
        &'phi3ml;help;runs;restore'= {
        }
        &'phi3ml;help;runs;export'= {
        }
        &'phi3ml;help;log-params'= {
        }
        &'phi3ml;help;log-metrics'= {
        }
        &'phi3ml;help;set-tags'= {
        }
        &'phi3ml;help;log-batch'= {
        }
        &'phi3ml;help;log-artifacts'= {
        }
        &'phi3ml;help;artifacts'= {
            cand list 'List what lies in a folder'
            cand download 'Fetch a file, or a folder with all that is below it'
            cand cat 'Write a file on stdout'
            cand delete 'Delete a file, or a folder with all that is below it'
        }
        &'phi3ml;help;artifacts;list'= {
        }
        &'phi3ml;help;artifacts;download'= {
        }
        &'phi3ml;help;artifacts;cat'= {
        }
        &'phi3ml;help;artifacts;delete'= {
        }
        &'phi3ml;help;log-inputs'= {
        }
        &'phi3ml;help;metrics'= {
            cand history 'Every point of a metric of a run'
        }
        &'phi3ml;help;metrics;history'= {
        }
        &'phi3ml;help;verify'= {
        }
        &'phi3ml;help;predict'= {
        }
        &'phi3ml;help;cache'= {
            cand list 'List what is kept, the longest unused first'
            cand prune 'Remove the longest unused models, as many as it takes; none that is in use'
        }
        &'phi3ml;help;cache;list'= {
        }
        &'phi3ml;help;cache;prune'= {
        }
        &'phi3ml;help;runtime'= {
            cand install 'Fetch the library with pip and check it against its known digest'
            cand path 'Print the path of the library that is used'
            cand probe 'Load a library and end; it may take this process down'
        }
        &'phi3ml;help;runtime;install'= {
        }
        &'phi3ml;help;runtime;path'= {
        }
        &'phi3ml;help;runtime;probe'= {
        }
        &'phi3ml;help;doctor'= {
        }
        &'phi3ml;help;config'= {
            cand show 'Print each setting, its value and where it came from; secrets are masked'
        }
        &'phi3ml;help;config;show'= {
        }
        &'phi3ml;help;api'= {
        }
        &'phi3ml;help;completions'= {
        }
        &'phi3ml;help;man'= {
        }
        &'phi3ml;help;reference'= {
        }
        &'phi3ml;help;help'= {
        }
    ]
    $completions[$command]
}
