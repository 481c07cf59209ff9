package org.tandemgw.gateway.cli;

import java.util.List;

/** The script that {@code tandem completion bash} prints. */
final class BashCompletion {
    private static final String HEAD = """
            # Completion of tandem for bash; made by: tandem completion bash
            _tandem_words() { mapfile -t COMPREPLY < <(compgen -W "$1" -- "$cur"); }
            _tandem_files() { mapfile -t COMPREPLY < <(compgen -f -- "$cur"); compopt -o filenames 2>/dev/null; }
            _tandem_names() {
                _tandem_words "$("${COMP_WORDS[0]}" ${config:+-c "$config"} completion names "$1" 2>/dev/null | tr '\\n' ' ')"
            }
            _tandem_what() {
                case $1 in
                    files) _tandem_files ;;
                    names) _tandem_names "$2" ;;
                    words) shift; _tandem_words "$*" ;;
                esac
            }
            _tandem() {
                local cur=${COMP_WORDS[COMP_CWORD]} place= config= n=0 i word
                COMPREPLY=()
                for ((i = 1; i < COMP_CWORD; i++)); do
                    word=${COMP_WORDS[i]}
                    case "$place $word" in
                        *' -c'|*' --config') config=${COMP_WORDS[i + 1]/#\\~/$HOME} ;;
                    esac
                    case "$place $word" in
            """;

    private final CompletionCases cases;

    BashCompletion(List<VerbTree.Node> nodes) {
        cases = new CompletionCases(nodes);
    }

    String script() {
        final StringBuilder out = new StringBuilder(HEAD);
        out.append(
                "            ' -c'|' --config') ((i + 1 == COMP_CWORD)) && { _tandem_files; return; }; ((i++)) ;;\n");
        for (final String[] value : cases.values()) {
            out.append("            '" + value[0] + "') ((i + 1 == COMP_CWORD)) && { _tandem_what " + value[1]
                    + "; return; }; ((i++)) ;;\n");
        }
        out.append("            *' -'*) ;;\n            *)\n                case \"$place/$word\" in\n");
        out.append("                    " + String.join("|", cases.places()) + ") place=$place/$word n=0 ;;\n");
        out.append("                    *) ((n++)) ;;\n                esac ;;\n        esac\n    done\n");
        out.append("    if [[ $cur == -* ]]; then\n        case $place in\n");
        out.append("            '') _tandem_words '-c --config --debug -h --help -V --version' ;;\n");
        cases.nodes()
                .forEach(node -> out.append("            " + CompletionCases.place(node) + ") _tandem_words '"
                        + String.join(
                                " ",
                                node.options().stream()
                                        .flatMap(option -> option.names().stream())
                                        .toList())
                        + "' ;;\n"));
        out.append("        esac\n        return\n    fi\n    case \"$place $n\" in\n");
        out.append("        ' 0') _tandem_words '"
                + String.join(
                        " ",
                        cases.nodes().stream()
                                .filter(node -> node.path().size() == 1)
                                .map(VerbTree.Node::words)
                                .toList())
                + "' ;;\n");
        cases.nodes().stream()
                .filter(node -> !node.subs().isEmpty())
                .forEach(node -> out.append("        '" + CompletionCases.place(node) + " 0') _tandem_words '"
                        + String.join(" ", node.subs()) + "' ;;\n"));
        for (final String[] argument : cases.arguments()) {
            out.append("        " + argument[0].replace(" ", "\\ ") + ") _tandem_what " + argument[1] + " ;;\n");
        }
        return out.append("    esac\n}\ncomplete -F _tandem tandem\n").toString();
    }
}
