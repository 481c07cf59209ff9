package org.tandemgw.gateway.cli;

import java.util.List;

/** The script that {@code tandem completion zsh} prints: the same as for bash, with a line about each word. */
final class ZshCompletion {
    private static final String HEAD = """
            #compdef tandem
            # Completion of tandem for zsh; made by: tandem completion zsh
            _tandem_what() {
                local -a found
                case $1 in
                    files) _files ;;
                    names)
                        found=(${(f)"$($words[1] ${config:+-c} ${config:+$config} completion names $2 2>/dev/null)"})
                        compadd -a found ;;
                    words) shift; found=($@); compadd -a found ;;
                esac
            }
            _tandem() {
                local place= config= word i
                integer n=0
                local -a list
                for ((i = 2; i < CURRENT; i++)); do
                    word=$words[i]
                    case "$place $word" in
                        *' -c'|*' --config') config=${words[i + 1]/#\\~/$HOME} ;;
                    esac
                    case "$place $word" in
            """;

    private final CompletionCases cases;

    ZshCompletion(List<VerbTree.Node> nodes) {
        cases = new CompletionCases(nodes);
    }

    String script() {
        final StringBuilder out = new StringBuilder(HEAD);
        out.append("            ' -c'|' --config') ((i + 1 == CURRENT)) && { _files; return }; ((i++)) ;;\n");
        for (final String[] value : cases.values()) {
            out.append("            '" + value[0] + "') ((i + 1 == CURRENT)) && { _tandem_what " + value[1]
                    + "; return }; ((i++)) ;;\n");
        }
        out.append("            *' -'*) ;;\n            *)\n                case \"$place/$word\" in\n");
        out.append("                    " + String.join("|", cases.places()) + ") place=$place/$word n=0 ;;\n");
        out.append("                    *) ((n++)) ;;\n                esac ;;\n        esac\n    done\n");
        out.append("    if [[ $words[CURRENT] == -* ]]; then\n        case $place in\n");
        out.append(
                "            '') list=('-c:the configuration' '--config:the configuration' '--debug:details of faults'"
                        + " '--help:the verbs' '--version:the version') ;;\n");
        cases.nodes().forEach(node -> {
            out.append("            " + CompletionCases.place(node) + ") list=(");
            node.options().forEach(option -> option.names()
                    .forEach(name -> out.append("\n                " + described(name, option.about()))));
            out.append(") ;;\n");
        });
        out.append(
                "        esac\n        _describe -o option list\n        return\n    fi\n    case \"$place $n\" in\n");
        out.append("        ' 0') list=(");
        cases.nodes().stream()
                .filter(node -> node.path().size() == 1)
                .forEach(node -> out.append("\n            " + described(node.words(), node.brief())));
        out.append(")\n            _describe verb list ;;\n");
        cases.nodes().stream().filter(node -> !node.subs().isEmpty()).forEach(node -> {
            out.append("        '" + CompletionCases.place(node) + " 0') list=(");
            cases.nodes().stream()
                    .filter(sub -> sub.path().size() == node.path().size() + 1
                            && sub.path().subList(0, node.path().size()).equals(node.path()))
                    .forEach(sub -> out.append("\n            "
                            + described(sub.path().get(node.path().size()), sub.brief())));
            out.append(")\n            _describe part list ;;\n");
        });
        for (final String[] argument : cases.arguments()) {
            out.append("        " + argument[0].replace(" ", "\\ ") + ") _tandem_what " + argument[1] + " ;;\n");
        }
        out.append("    esac\n}\n");
        return out.append(
                        "if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _tandem \"$@\"; else compdef _tandem tandem; fi\n")
                .toString();
    }

    private static String described(String word, String about) {
        return "'" + word.replace(":", "\\:") + ":" + about.replace("'", "'\\''") + "'";
    }
}
