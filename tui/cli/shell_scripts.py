"""Completion scripts for shells. They contain no knowledge: at every Tab they ask `papers-tui
complete`.

So a script, once saved, stays right when the program is updated, and all shells complete alike.
Sources: bash(1) "Programmable Completion", zshcompsys(1) and zshcompwid(1), fish's complete(1).
"""

BASH = """\
# papers-tui: completion for bash
_papers_tui() {
    local IFS=$'\\n' program=${1/#\\~/$HOME} answer line
    COMPREPLY=()
    answer=$("$program" complete "${COMP_LINE:0:COMP_POINT}" "$2" 2>/dev/null) || return
    case $answer in
        :files) compopt -o filenames; COMPREPLY=($(compgen -f -- "$2")) ;;
        :folders) compopt -o filenames; COMPREPLY=($(compgen -d -- "$2")) ;;
        *)
            for line in $answer; do COMPREPLY+=("${line%%$'\\t'*}"); done
            [[ ${#COMPREPLY[@]} == 1 && $COMPREPLY == *[:=] ]] && compopt -o nospace
            ;;
    esac
    return 0
}
complete -F _papers_tui papers-tui
"""

ZSH = """\
#compdef papers-tui
# papers-tui: completion for zsh
_papers_tui() {
    local answer line program=${words[1]/#\\~/$HOME}
    local -a texts shown open open_shown
    line="${(j: :)${(@q)${(@Q)words[1,CURRENT-1]}}} ${QIPREFIX}${PREFIX}"
    answer=$("$program" complete "$line" 2>/dev/null)
    case $answer in
        '') return 1 ;;
        :files) _files; return ;;
        :folders) _files -/; return ;;
    esac
    for line in "${(@f)answer}"; do
        if [[ ${line%%$'\\t'*} == *[:=] ]]; then
            open+=("${line%%$'\\t'*}") open_shown+=("${line/$'\\t'/  -- }")
        else
            texts+=("${line%%$'\\t'*}") shown+=("${line/$'\\t'/  -- }")
        fi
    done
    (( $#texts )) && compadd -l -d shown -a texts
    (( $#open )) && compadd -S '' -l -d open_shown -a open
    return 0
}
if [[ $funcstack[1] == _papers_tui ]]; then
    _papers_tui "$@"
else
    compdef _papers_tui papers-tui
fi
"""

FISH = """\
# papers-tui: completion for fish
function __papers_tui
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l answer ($words[1] complete (string join ' ' -- (string escape -- $words) $current) \\
        2>/dev/null)
    switch "$answer[1]"
        case :files
            __fish_complete_path $current
        case :folders
            __fish_complete_directories $current
        case '*'
            string join \\n -- $answer
    end
end
complete -c papers-tui -f -a '(__papers_tui)'
"""

SCRIPTS = {"bash": BASH, "zsh": ZSH, "fish": FISH}
