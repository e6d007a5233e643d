#!/bin/bash

__sessionctl_cursor_index_in_current_word() {
    local remaining="${COMP_LINE}"

    local word
    for word in "${COMP_WORDS[@]::COMP_CWORD}"; do
        remaining="${remaining##*([[:space:]])"${word}"*([[:space:]])}"
    done

    local -ir index="$((COMP_POINT - ${#COMP_LINE} + ${#remaining}))"
    if [[ "${index}" -le 0 ]]; then
        printf 0
    else
        printf %s "${index}"
    fi
}

# positional arguments:
#
# - 1: the current (sub)command's count of positional arguments
#
# required variables:
#
# - repeating_flags: the repeating flags that the current (sub)command can accept
# - non_repeating_flags: the non-repeating flags that the current (sub)command can accept
# - repeating_options: the repeating options that the current (sub)command can accept
# - non_repeating_options: the non-repeating options that the current (sub)command can accept
# - positional_number: value ignored
# - unparsed_words: unparsed words from the current command line
#
# modified variables:
#
# - non_repeating_flags: remove flags for this (sub)command that are already on the command line
# - non_repeating_options: remove options for this (sub)command that are already on the command line
# - positional_number: set to the current positional number
# - unparsed_words: remove all flags, options, and option values for this (sub)command
__sessionctl_offer_flags_options() {
    local -ir positional_count="${1}"
    positional_number=0

    local was_flag_option_terminator_seen=false
    local is_parsing_option_value=false

    local -ar unparsed_word_indices=("${!unparsed_words[@]}")
    local -i word_index
    for word_index in "${unparsed_word_indices[@]}"; do
        if "${is_parsing_option_value}"; then
            # This word is an option value:
            # Reset marker for next word iff not currently the last word
            [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]] && is_parsing_option_value=false
            unset "unparsed_words[${word_index}]"
            # Do not process this word as a flag or an option
            continue
        fi

        local word="${unparsed_words["${word_index}"]}"
        if ! "${was_flag_option_terminator_seen}"; then
            case "${word}" in
            --)
                unset "unparsed_words[${word_index}]"
                # by itself -- is a flag/option terminator, but if it is the last word, it is the start of a completion
                if [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]]; then
                    was_flag_option_terminator_seen=true
                fi
                continue
                ;;
            -*)
                # ${word} is a flag or an option
                # If ${word} is an option, mark that the next word to be parsed is an option value
                local option
                for option in "${repeating_options[@]}" "${non_repeating_options[@]}"; do
                    [[ "${word}" = "${option}" ]] && is_parsing_option_value=true && break
                done

                # Remove ${word} from ${non_repeating_flags} or ${non_repeating_options} so it isn't offered again
                local not_found=true
                local -i index
                for index in "${!non_repeating_flags[@]}"; do
                    if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                        unset "non_repeating_flags[${index}]"
                        non_repeating_flags=("${non_repeating_flags[@]}")
                        not_found=false
                        break
                    fi
                done
                if "${not_found}"; then
                    for index in "${!non_repeating_flags[@]}"; do
                        if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                            unset "non_repeating_flags[${index}]"
                            non_repeating_flags=("${non_repeating_flags[@]}")
                            break
                        fi
                    done
                fi
                unset "unparsed_words[${word_index}]"
                continue
                ;;
            esac
        fi

        # ${word} is neither a flag, nor an option, nor an option value
        if [[ "${positional_number}" -lt "${positional_count}" || "${positional_count}" -lt 0 ]]; then
            # ${word} is a positional
            ((positional_number++))
            unset "unparsed_words[${word_index}]"
        else
            if [[ -z "${word}" ]]; then
                # Could be completing a flag, option, or subcommand
                positional_number=-1
            else
                # ${word} is a subcommand or invalid, so stop processing this (sub)command
                positional_number=-2
            fi
            break
        fi
    done

    unparsed_words=("${unparsed_words[@]}")

    if\
        ! "${was_flag_option_terminator_seen}"\
        && ! "${is_parsing_option_value}"\
        && [[ ("${cur}" = -* && "${positional_number}" -ge 0) || "${positional_number}" -eq -1 ]]
    then
        COMPREPLY+=($(compgen -W "${repeating_flags[*]} ${non_repeating_flags[*]} ${repeating_options[*]} ${non_repeating_options[*]}" -- "${cur}"))
    fi
}

__sessionctl_add_completions() {
    local completion
    while IFS='' read -r completion; do
        COMPREPLY+=("${completion}")
    done < <(IFS=$'\n' compgen "${@}" -- "${cur}")
}

__sessionctl_custom_complete() {
    if [[ -n "${cur}" || -z ${COMP_WORDS[${COMP_CWORD}]} || "${COMP_LINE:${COMP_POINT}:1}" != ' ' ]]; then
        local -ar words=("${COMP_WORDS[@]}")
    else
        local -ar words=("${COMP_WORDS[@]::${COMP_CWORD}}" '' "${COMP_WORDS[@]:${COMP_CWORD}}")
    fi

    "${COMP_WORDS[0]}" "${@}" "${words[@]}"
}

_sessionctl() {
    local state
    state="$(shopt -p;shopt -po)"
    trap "${state//$'\n'/;}" RETURN
    shopt -s extglob
    set +o history +o posix

    local -xr SAP_SHELL=bash
    local -x SAP_SHELL_VERSION
    SAP_SHELL_VERSION="$(IFS='.';printf %s "${BASH_VERSINFO[*]}")"
    local -r SAP_SHELL_VERSION

    local -r cur="${2}"
    local -r prev="${3}"

    local -i positional_number
    local -a unparsed_words=("${COMP_WORDS[@]:1:${COMP_CWORD}}")

    local -a repeating_flags=()
    local -a non_repeating_flags=(--version --help)
    local -a repeating_options=()
    local -a non_repeating_options=()
    __sessionctl_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    list|show|get|count|users|stats|keys|cookie|decode|set|unset|edit|expire|touch|undo|migrate|verify|export|import|shell|profiles|demo|jwt|help)
        # Offer subcommand argument completions
        "_sessionctl_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'list show get count users stats keys cookie decode set unset edit expire touch undo migrate verify export import shell profiles demo jwt help' -- "${cur}"))
        ;;
    esac
}

_sessionctl_list() {
    repeating_flags=()
    non_repeating_flags=(--exit-code --json --reveal --no-pager -q --quiet --askpass --version --help)
    repeating_options=(--where --fields --namespace --jwt-keys)
    non_repeating_options=(--pattern --sort --limit -o --output --color -h --host -p --port -s --socket -n --db -u --uri --user -a --pass -t --connect-timeout --timeout --max-inactive-interval)
    __sessionctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--where')
        return
        ;;
    '--pattern')
        return
        ;;
    '--fields')
        return
        ;;
    '--sort')
        return
        ;;
    '--limit')
        return
        ;;
    '-o'|'--output')
        return
        ;;
    '--color')
        __sessionctl_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    '-h'|'--host')
        return
        ;;
    '-p'|'--port')
        return
        ;;
    '-s'|'--socket')
        __sessionctl_add_completions -f
        return
        ;;
    '-n'|'--db')
        return
        ;;
    '-u'|'--uri')
        return
        ;;
    '--user')
        return
        ;;
    '-a'|'--pass')
        return
        ;;
    '-t'|'--connect-timeout')
        return
        ;;
    '--timeout')
        return
        ;;
    '--namespace')
        return
        ;;
    '--max-inactive-interval')
        return
        ;;
    '--jwt-keys')
        return
        ;;
    esac
}

_sessionctl_show() {
    repeating_flags=()
    non_repeating_flags=(--typed --json --reveal --no-pager -q --quiet --askpass --version --help)
    repeating_options=(--namespace --jwt-keys)
    non_repeating_options=(-o --output --color -h --host -p --port -s --socket -n --db -u --uri --user -a --pass -t --connect-timeout --timeout --max-inactive-interval)
    __sessionctl_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '-o'|'--output')
        return
        ;;
    '--color')
        __sessionctl_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    '-h'|'--host')
        return
        ;;
    '-p'|'--port')
        return
        ;;
    '-s'|'--socket')
        __sessionctl_add_completions -f
        return
        ;;
    '-n'|'--db')
        return
        ;;
    '-u'|'--uri')
        return
        ;;
    '--user')
        return
        ;;
    '-a'|'--pass')
        return
        ;;
    '-t'|'--connect-timeout')
        return
        ;;
    '--timeout')
        return
        ;;
    '--namespace')
        return
        ;;
    '--max-inactive-interval')
        return
        ;;
    '--jwt-keys')
        return
        ;;
    esac
}

_sessionctl_get() {
    repeating_flags=()
    non_repeating_flags=(--typed --json --reveal --no-pager -q --quiet --askpass --version --help)
    repeating_options=(--namespace --jwt-keys)
    non_repeating_options=(-o --output --color -h --host -p --port -s --socket -n --db -u --uri --user -a --pass -t --connect-timeout --timeout --max-inactive-interval)
    __sessionctl_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '-o'|'--output')
        return
        ;;
    '--color')
        __sessionctl_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    '-h'|'--host')
        return
        ;;
    '-p'|'--port')
        return
        ;;
    '-s'|'--socket')
        __sessionctl_add_completions -f
        return
        ;;
    '-n'|'--db')
        return
        ;;
    '-u'|'--uri')
        return
        ;;
    '--user')
        return
        ;;
    '-a'|'--pass')
        return
        ;;
    '-t'|'--connect-timeout')
        return
        ;;
    '--timeout')
        return
        ;;
    '--namespace')
        return
        ;;
    '--max-inactive-interval')
        return
        ;;
    '--jwt-keys')
        return
        ;;
    esac
}

_sessionctl_count() {
    repeating_flags=()
    non_repeating_flags=(--exit-code --json --reveal --no-pager -q --quiet --askpass --version --help)
    repeating_options=(--where --namespace --jwt-keys)
    non_repeating_options=(--pattern --by --limit -o --output --color -h --host -p --port -s --socket -n --db -u --uri --user -a --pass -t --connect-timeout --timeout --max-inactive-interval)
    __sessionctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--where')
        return
        ;;
    '--pattern')
        return
        ;;
    '--by')
        return
        ;;
    '--limit')
        return
        ;;
    '-o'|'--output')
        return
        ;;
    '--color')
        __sessionctl_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    '-h'|'--host')
        return
        ;;
    '-p'|'--port')
        return
        ;;
    '-s'|'--socket')
        __sessionctl_add_completions -f
        return
        ;;
    '-n'|'--db')
        return
        ;;
    '-u'|'--uri')
        return
        ;;
    '--user')
        return
        ;;
    '-a'|'--pass')
        return
        ;;
    '-t'|'--connect-timeout')
        return
        ;;
    '--timeout')
        return
        ;;
    '--namespace')
        return
        ;;
    '--max-inactive-interval')
        return
        ;;
    '--jwt-keys')
        return
        ;;
    esac
}

_sessionctl_users() {
    repeating_flags=()
    non_repeating_flags=(--exit-code --json --reveal --no-pager -q --quiet --askpass --version --help)
    repeating_options=(--where --fields --namespace --jwt-keys)
    non_repeating_options=(--pattern --sort --limit -o --output --color -h --host -p --port -s --socket -n --db -u --uri --user -a --pass -t --connect-timeout --timeout --max-inactive-interval)
    __sessionctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--where')
        return
        ;;
    '--pattern')
        return
        ;;
    '--fields')
        return
        ;;
    '--sort')
        return
        ;;
    '--limit')
        return
        ;;
    '-o'|'--output')
        return
        ;;
    '--color')
        __sessionctl_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    '-h'|'--host')
        return
        ;;
    '-p'|'--port')
        return
        ;;
    '-s'|'--socket')
        __sessionctl_add_completions -f
        return
        ;;
    '-n'|'--db')
        return
        ;;
    '-u'|'--uri')
        return
        ;;
    '--user')
        return
        ;;
    '-a'|'--pass')
        return
        ;;
    '-t'|'--connect-timeout')
        return
        ;;
    '--timeout')
        return
        ;;
    '--namespace')
        return
        ;;
    '--max-inactive-interval')
        return
        ;;
    '--jwt-keys')
        return
        ;;
    esac
}

_sessionctl_stats() {
    repeating_flags=()
    non_repeating_flags=(--quick --json --reveal --no-pager -q --quiet --askpass --version --help)
    repeating_options=(--where --namespace --jwt-keys)
    non_repeating_options=(--pattern --top -o --output --color -h --host -p --port -s --socket -n --db -u --uri --user -a --pass -t --connect-timeout --timeout --max-inactive-interval)
    __sessionctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--where')
        return
        ;;
    '--pattern')
        return
        ;;
    '--top')
        return
        ;;
    '-o'|'--output')
        return
        ;;
    '--color')
        __sessionctl_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    '-h'|'--host')
        return
        ;;
    '-p'|'--port')
        return
        ;;
    '-s'|'--socket')
        __sessionctl_add_completions -f
        return
        ;;
    '-n'|'--db')
        return
        ;;
    '-u'|'--uri')
        return
        ;;
    '--user')
        return
        ;;
    '-a'|'--pass')
        return
        ;;
    '-t'|'--connect-timeout')
        return
        ;;
    '--timeout')
        return
        ;;
    '--namespace')
        return
        ;;
    '--max-inactive-interval')
        return
        ;;
    '--jwt-keys')
        return
        ;;
    esac
}

_sessionctl_keys() {
    repeating_flags=()
    non_repeating_flags=(--json --reveal --no-pager -q --quiet --askpass --version --help)
    repeating_options=(--namespace --jwt-keys)
    non_repeating_options=(--purpose -o --output --color -h --host -p --port -s --socket -n --db -u --uri --user -a --pass -t --connect-timeout --timeout --max-inactive-interval)
    __sessionctl_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--purpose')
        return
        ;;
    '-o'|'--output')
        return
        ;;
    '--color')
        __sessionctl_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    '-h'|'--host')
        return
        ;;
    '-p'|'--port')
        return
        ;;
    '-s'|'--socket')
        __sessionctl_add_completions -f
        return
        ;;
    '-n'|'--db')
        return
        ;;
    '-u'|'--uri')
        return
        ;;
    '--user')
        return
        ;;
    '-a'|'--pass')
        return
        ;;
    '-t'|'--connect-timeout')
        return
        ;;
    '--timeout')
        return
        ;;
    '--namespace')
        return
        ;;
    '--max-inactive-interval')
        return
        ;;
    '--jwt-keys')
        return
        ;;
    esac
}

_sessionctl_cookie() {
    repeating_flags=()
    non_repeating_flags=(--json --reveal --no-pager -q --quiet --askpass --version --help)
    repeating_options=(--namespace --jwt-keys)
    non_repeating_options=(--decode --route -o --output --color -h --host -p --port -s --socket -n --db -u --uri --user -a --pass -t --connect-timeout --timeout --max-inactive-interval)
    __sessionctl_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--decode')
        return
        ;;
    '--route')
        return
        ;;
    '-o'|'--output')
        return
        ;;
    '--color')
        __sessionctl_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    '-h'|'--host')
        return
        ;;
    '-p'|'--port')
        return
        ;;
    '-s'|'--socket')
        __sessionctl_add_completions -f
        return
        ;;
    '-n'|'--db')
        return
        ;;
    '-u'|'--uri')
        return
        ;;
    '--user')
        return
        ;;
    '-a'|'--pass')
        return
        ;;
    '-t'|'--connect-timeout')
        return
        ;;
    '--timeout')
        return
        ;;
    '--namespace')
        return
        ;;
    '--max-inactive-interval')
        return
        ;;
    '--jwt-keys')
        return
        ;;
    esac
}

_sessionctl_decode() {
    repeating_flags=()
    non_repeating_flags=(--typed --json --reveal --no-pager -q --quiet --version --help)
    repeating_options=()
    non_repeating_options=(-o --output --color)
    __sessionctl_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '-o'|'--output')
        return
        ;;
    '--color')
        __sessionctl_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __sessionctl_add_completions -f
        return
        ;;
    esac
}

_sessionctl_set() {
    repeating_flags=()
    non_repeating_flags=(--append --insert --rename --shared --non-sticky --dry-run --write -y --yes --no-undo --json --reveal --no-pager -q --quiet --askpass --version --help)
    repeating_options=(--namespace --jwt-keys)
    non_repeating_options=(--type --key-type --at-most --limit --rate --report -o --output --color -h --host -p --port -s --socket -n --db -u --uri --user -a --pass -t --connect-timeout --timeout --max-inactive-interval)
    __sessionctl_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--type')
        return
        ;;
    '--key-type')
        return
        ;;
    '--at-most')
        return
        ;;
    '--limit')
        return
        ;;
    '--rate')
        return
        ;;
    '--report')
        return
        ;;
    '-o'|'--output')
        return
        ;;
    '--color')
        __sessionctl_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    '-h'|'--host')
        return
        ;;
    '-p'|'--port')
        return
        ;;
    '-s'|'--socket')
        __sessionctl_add_completions -f
        return
        ;;
    '-n'|'--db')
        return
        ;;
    '-u'|'--uri')
        return
        ;;
    '--user')
        return
        ;;
    '-a'|'--pass')
        return
        ;;
    '-t'|'--connect-timeout')
        return
        ;;
    '--timeout')
        return
        ;;
    '--namespace')
        return
        ;;
    '--max-inactive-interval')
        return
        ;;
    '--jwt-keys')
        return
        ;;
    esac
}

_sessionctl_unset() {
    repeating_flags=()
    non_repeating_flags=(--purge --shared --non-sticky --dry-run --write -y --yes --no-undo --json --reveal --no-pager -q --quiet --askpass --version --help)
    repeating_options=(--namespace --jwt-keys)
    non_repeating_options=(--at-most --limit --rate --report -o --output --color -h --host -p --port -s --socket -n --db -u --uri --user -a --pass -t --connect-timeout --timeout --max-inactive-interval)
    __sessionctl_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--at-most')
        return
        ;;
    '--limit')
        return
        ;;
    '--rate')
        return
        ;;
    '--report')
        return
        ;;
    '-o'|'--output')
        return
        ;;
    '--color')
        __sessionctl_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    '-h'|'--host')
        return
        ;;
    '-p'|'--port')
        return
        ;;
    '-s'|'--socket')
        __sessionctl_add_completions -f
        return
        ;;
    '-n'|'--db')
        return
        ;;
    '-u'|'--uri')
        return
        ;;
    '--user')
        return
        ;;
    '-a'|'--pass')
        return
        ;;
    '-t'|'--connect-timeout')
        return
        ;;
    '--timeout')
        return
        ;;
    '--namespace')
        return
        ;;
    '--max-inactive-interval')
        return
        ;;
    '--jwt-keys')
        return
        ;;
    esac
}

_sessionctl_edit() {
    repeating_flags=()
    non_repeating_flags=(--non-sticky --dry-run --write -y --yes --no-undo --json --reveal --no-pager -q --quiet --askpass --version --help)
    repeating_options=(--namespace --jwt-keys)
    non_repeating_options=(--at-most --limit --rate --report -o --output --color -h --host -p --port -s --socket -n --db -u --uri --user -a --pass -t --connect-timeout --timeout --max-inactive-interval)
    __sessionctl_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--at-most')
        return
        ;;
    '--limit')
        return
        ;;
    '--rate')
        return
        ;;
    '--report')
        return
        ;;
    '-o'|'--output')
        return
        ;;
    '--color')
        __sessionctl_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    '-h'|'--host')
        return
        ;;
    '-p'|'--port')
        return
        ;;
    '-s'|'--socket')
        __sessionctl_add_completions -f
        return
        ;;
    '-n'|'--db')
        return
        ;;
    '-u'|'--uri')
        return
        ;;
    '--user')
        return
        ;;
    '-a'|'--pass')
        return
        ;;
    '-t'|'--connect-timeout')
        return
        ;;
    '--timeout')
        return
        ;;
    '--namespace')
        return
        ;;
    '--max-inactive-interval')
        return
        ;;
    '--jwt-keys')
        return
        ;;
    esac
}

_sessionctl_expire() {
    repeating_flags=()
    non_repeating_flags=(--all --non-sticky --dry-run --write -y --yes --no-undo --json --reveal --no-pager -q --quiet --askpass --version --help)
    repeating_options=(--where --except --namespace --jwt-keys)
    non_repeating_options=(--principal --pattern --in --at --event --settle --at-most --limit --rate --report -o --output --color -h --host -p --port -s --socket -n --db -u --uri --user -a --pass -t --connect-timeout --timeout --max-inactive-interval)
    __sessionctl_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--where')
        return
        ;;
    '--principal')
        return
        ;;
    '--except')
        return
        ;;
    '--pattern')
        return
        ;;
    '--in')
        return
        ;;
    '--at')
        return
        ;;
    '--event')
        return
        ;;
    '--settle')
        return
        ;;
    '--at-most')
        return
        ;;
    '--limit')
        return
        ;;
    '--rate')
        return
        ;;
    '--report')
        return
        ;;
    '-o'|'--output')
        return
        ;;
    '--color')
        __sessionctl_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    '-h'|'--host')
        return
        ;;
    '-p'|'--port')
        return
        ;;
    '-s'|'--socket')
        __sessionctl_add_completions -f
        return
        ;;
    '-n'|'--db')
        return
        ;;
    '-u'|'--uri')
        return
        ;;
    '--user')
        return
        ;;
    '-a'|'--pass')
        return
        ;;
    '-t'|'--connect-timeout')
        return
        ;;
    '--timeout')
        return
        ;;
    '--namespace')
        return
        ;;
    '--max-inactive-interval')
        return
        ;;
    '--jwt-keys')
        return
        ;;
    esac
}

_sessionctl_touch() {
    repeating_flags=()
    non_repeating_flags=(--all --dry-run --write -y --yes --no-undo --json --reveal --no-pager -q --quiet --askpass --version --help)
    repeating_options=(--where --except --namespace --jwt-keys)
    non_repeating_options=(--principal --pattern --at-most --limit --rate --report -o --output --color -h --host -p --port -s --socket -n --db -u --uri --user -a --pass -t --connect-timeout --timeout --max-inactive-interval)
    __sessionctl_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--where')
        return
        ;;
    '--principal')
        return
        ;;
    '--except')
        return
        ;;
    '--pattern')
        return
        ;;
    '--at-most')
        return
        ;;
    '--limit')
        return
        ;;
    '--rate')
        return
        ;;
    '--report')
        return
        ;;
    '-o'|'--output')
        return
        ;;
    '--color')
        __sessionctl_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    '-h'|'--host')
        return
        ;;
    '-p'|'--port')
        return
        ;;
    '-s'|'--socket')
        __sessionctl_add_completions -f
        return
        ;;
    '-n'|'--db')
        return
        ;;
    '-u'|'--uri')
        return
        ;;
    '--user')
        return
        ;;
    '-a'|'--pass')
        return
        ;;
    '-t'|'--connect-timeout')
        return
        ;;
    '--timeout')
        return
        ;;
    '--namespace')
        return
        ;;
    '--max-inactive-interval')
        return
        ;;
    '--jwt-keys')
        return
        ;;
    esac
}

_sessionctl_undo() {
    repeating_flags=()
    non_repeating_flags=(--force --same-server --again --extend --dry-run --write -y --yes --json --reveal --no-pager -q --quiet --askpass --version --help)
    repeating_options=(--namespace --jwt-keys)
    non_repeating_options=(-o --output --color -h --host -p --port -s --socket -n --db -u --uri --user -a --pass -t --connect-timeout --timeout --max-inactive-interval)
    __sessionctl_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '-o'|'--output')
        return
        ;;
    '--color')
        __sessionctl_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    '-h'|'--host')
        return
        ;;
    '-p'|'--port')
        return
        ;;
    '-s'|'--socket')
        __sessionctl_add_completions -f
        return
        ;;
    '-n'|'--db')
        return
        ;;
    '-u'|'--uri')
        return
        ;;
    '--user')
        return
        ;;
    '-a'|'--pass')
        return
        ;;
    '-t'|'--connect-timeout')
        return
        ;;
    '--timeout')
        return
        ;;
    '--namespace')
        return
        ;;
    '--max-inactive-interval')
        return
        ;;
    '--jwt-keys')
        return
        ;;
    esac
}

_sessionctl_migrate() {
    repeating_flags=()
    non_repeating_flags=(--move --no-read-back --dry-run --incomplete --anew --write -y --yes --unverified --json --reveal --no-pager -q --quiet --version --help)
    repeating_options=(--where --alg --iss --aud --require --drop)
    non_repeating_options=(--to --variant --spring-version --expirations --serializer --namespace --manager --layout --key-prefix --route --max-inactive-interval --unconvertible --security-context --login-attribute --security-uid --pattern --on-conflict --at-most --limit --rate --report --pem --jwk --secret-file --typ --leeway --at --tokens --expires-in --kid -o --output --color)
    __sessionctl_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--to')
        __sessionctl_add_completions -W 'spring'$'\n''tomcat'$'\n''jwt'
        return
        ;;
    '--variant')
        return
        ;;
    '--spring-version')
        return
        ;;
    '--expirations')
        return
        ;;
    '--serializer')
        return
        ;;
    '--namespace')
        return
        ;;
    '--manager')
        return
        ;;
    '--layout')
        return
        ;;
    '--key-prefix')
        return
        ;;
    '--route')
        return
        ;;
    '--max-inactive-interval')
        return
        ;;
    '--unconvertible')
        return
        ;;
    '--security-context')
        return
        ;;
    '--login-attribute')
        return
        ;;
    '--security-uid')
        return
        ;;
    '--where')
        return
        ;;
    '--pattern')
        return
        ;;
    '--on-conflict')
        return
        ;;
    '--at-most')
        return
        ;;
    '--limit')
        return
        ;;
    '--rate')
        return
        ;;
    '--report')
        return
        ;;
    '--pem')
        __sessionctl_add_completions -f
        return
        ;;
    '--jwk')
        __sessionctl_add_completions -f
        return
        ;;
    '--secret-file')
        __sessionctl_add_completions -f
        return
        ;;
    '--alg')
        return
        ;;
    '--iss')
        return
        ;;
    '--aud')
        return
        ;;
    '--typ')
        return
        ;;
    '--require')
        return
        ;;
    '--leeway')
        return
        ;;
    '--at')
        return
        ;;
    '--tokens')
        __sessionctl_add_completions -f
        return
        ;;
    '--expires-in')
        return
        ;;
    '--drop')
        return
        ;;
    '--kid')
        return
        ;;
    '-o'|'--output')
        return
        ;;
    '--color')
        __sessionctl_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_sessionctl_verify() {
    repeating_flags=()
    non_repeating_flags=(--json --reveal --no-pager -q --quiet --version --help)
    repeating_options=(--where)
    non_repeating_options=(--to --variant --spring-version --expirations --serializer --namespace --manager --layout --key-prefix --route --max-inactive-interval --unconvertible --security-context --login-attribute --security-uid --pattern --ttl-tolerance -o --output --color)
    __sessionctl_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--to')
        __sessionctl_add_completions -W 'spring'$'\n''tomcat'$'\n''jwt'
        return
        ;;
    '--variant')
        return
        ;;
    '--spring-version')
        return
        ;;
    '--expirations')
        return
        ;;
    '--serializer')
        return
        ;;
    '--namespace')
        return
        ;;
    '--manager')
        return
        ;;
    '--layout')
        return
        ;;
    '--key-prefix')
        return
        ;;
    '--route')
        return
        ;;
    '--max-inactive-interval')
        return
        ;;
    '--unconvertible')
        return
        ;;
    '--security-context')
        return
        ;;
    '--login-attribute')
        return
        ;;
    '--security-uid')
        return
        ;;
    '--where')
        return
        ;;
    '--pattern')
        return
        ;;
    '--ttl-tolerance')
        return
        ;;
    '-o'|'--output')
        return
        ;;
    '--color')
        __sessionctl_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_sessionctl_export() {
    repeating_flags=()
    non_repeating_flags=(-q --quiet --askpass --version --help)
    repeating_options=(--where --namespace --jwt-keys)
    non_repeating_options=(--as --pattern --rate -h --host -p --port -s --socket -n --db -u --uri --user -a --pass -t --connect-timeout --timeout --max-inactive-interval)
    __sessionctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--as')
        __sessionctl_add_completions -W 'archive'$'\n''jsonl'
        return
        ;;
    '--where')
        return
        ;;
    '--pattern')
        return
        ;;
    '--rate')
        return
        ;;
    '-h'|'--host')
        return
        ;;
    '-p'|'--port')
        return
        ;;
    '-s'|'--socket')
        __sessionctl_add_completions -f
        return
        ;;
    '-n'|'--db')
        return
        ;;
    '-u'|'--uri')
        return
        ;;
    '--user')
        return
        ;;
    '-a'|'--pass')
        return
        ;;
    '-t'|'--connect-timeout')
        return
        ;;
    '--timeout')
        return
        ;;
    '--namespace')
        return
        ;;
    '--max-inactive-interval')
        return
        ;;
    '--jwt-keys')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __sessionctl_add_completions -f
        return
        ;;
    esac
}

_sessionctl_import() {
    repeating_flags=()
    non_repeating_flags=(--no-read-back --dry-run --incomplete --anew --write -y --yes --unverified --json --reveal --no-pager -q --quiet --version --help)
    repeating_options=(--where --alg --iss --aud --require --drop)
    non_repeating_options=(--to --variant --spring-version --expirations --serializer --namespace --manager --layout --key-prefix --route --max-inactive-interval --unconvertible --security-context --login-attribute --security-uid --pattern --on-conflict --at-most --limit --rate --report --pem --jwk --secret-file --typ --leeway --at --tokens --expires-in --kid -o --output --color)
    __sessionctl_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--to')
        __sessionctl_add_completions -W 'spring'$'\n''tomcat'$'\n''jwt'
        return
        ;;
    '--variant')
        return
        ;;
    '--spring-version')
        return
        ;;
    '--expirations')
        return
        ;;
    '--serializer')
        return
        ;;
    '--namespace')
        return
        ;;
    '--manager')
        return
        ;;
    '--layout')
        return
        ;;
    '--key-prefix')
        return
        ;;
    '--route')
        return
        ;;
    '--max-inactive-interval')
        return
        ;;
    '--unconvertible')
        return
        ;;
    '--security-context')
        return
        ;;
    '--login-attribute')
        return
        ;;
    '--security-uid')
        return
        ;;
    '--where')
        return
        ;;
    '--pattern')
        return
        ;;
    '--on-conflict')
        return
        ;;
    '--at-most')
        return
        ;;
    '--limit')
        return
        ;;
    '--rate')
        return
        ;;
    '--report')
        return
        ;;
    '--pem')
        __sessionctl_add_completions -f
        return
        ;;
    '--jwk')
        __sessionctl_add_completions -f
        return
        ;;
    '--secret-file')
        __sessionctl_add_completions -f
        return
        ;;
    '--alg')
        return
        ;;
    '--iss')
        return
        ;;
    '--aud')
        return
        ;;
    '--typ')
        return
        ;;
    '--require')
        return
        ;;
    '--leeway')
        return
        ;;
    '--at')
        return
        ;;
    '--tokens')
        __sessionctl_add_completions -f
        return
        ;;
    '--expires-in')
        return
        ;;
    '--drop')
        return
        ;;
    '--kid')
        return
        ;;
    '-o'|'--output')
        return
        ;;
    '--color')
        __sessionctl_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __sessionctl_add_completions -f
        return
        ;;
    esac
}

_sessionctl_shell() {
    repeating_flags=()
    non_repeating_flags=(--keep-going --askpass --version --help)
    repeating_options=(--namespace --jwt-keys)
    non_repeating_options=(-h --host -p --port -s --socket -n --db -u --uri --user -a --pass -t --connect-timeout --timeout --max-inactive-interval)
    __sessionctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '-h'|'--host')
        return
        ;;
    '-p'|'--port')
        return
        ;;
    '-s'|'--socket')
        __sessionctl_add_completions -f
        return
        ;;
    '-n'|'--db')
        return
        ;;
    '-u'|'--uri')
        return
        ;;
    '--user')
        return
        ;;
    '-a'|'--pass')
        return
        ;;
    '-t'|'--connect-timeout')
        return
        ;;
    '--timeout')
        return
        ;;
    '--namespace')
        return
        ;;
    '--max-inactive-interval')
        return
        ;;
    '--jwt-keys')
        return
        ;;
    esac
}

_sessionctl_profiles() {
    repeating_flags=()
    non_repeating_flags=(--json --reveal --no-pager -q --quiet --version --help)
    repeating_options=()
    non_repeating_options=(-o --output --color)
    __sessionctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '-o'|'--output')
        return
        ;;
    '--color')
        __sessionctl_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_sessionctl_demo() {
    repeating_flags=()
    non_repeating_flags=(--shell --serve --version --help)
    repeating_options=()
    non_repeating_options=()
    __sessionctl_offer_flags_options 0
}

_sessionctl_jwt() {
    repeating_flags=()
    non_repeating_flags=(--version --help)
    repeating_options=()
    non_repeating_options=()
    __sessionctl_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    verify|sign|check|revoke)
        # Offer subcommand argument completions
        "_sessionctl_jwt_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'verify sign check revoke' -- "${cur}"))
        ;;
    esac
}

_sessionctl_jwt_verify() {
    repeating_flags=()
    non_repeating_flags=(--json --reveal --no-pager -q --quiet --version --help)
    repeating_options=(--alg --iss --aud --require)
    non_repeating_options=(--pem --jwk --secret-file --typ --leeway --at -o --output --color)
    __sessionctl_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--pem')
        __sessionctl_add_completions -f
        return
        ;;
    '--jwk')
        __sessionctl_add_completions -f
        return
        ;;
    '--secret-file')
        __sessionctl_add_completions -f
        return
        ;;
    '--alg')
        return
        ;;
    '--iss')
        return
        ;;
    '--aud')
        return
        ;;
    '--typ')
        return
        ;;
    '--require')
        return
        ;;
    '--leeway')
        return
        ;;
    '--at')
        return
        ;;
    '-o'|'--output')
        return
        ;;
    '--color')
        __sessionctl_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __sessionctl_add_completions -f
        return
        ;;
    esac
}

_sessionctl_jwt_sign() {
    repeating_flags=()
    non_repeating_flags=(--json --reveal --no-pager -q --quiet --askpass --version --help)
    repeating_options=(--unset --set --namespace --jwt-keys)
    non_repeating_options=(--from --expires-in --pem --jwk --secret-file --alg --kid --typ -o --output --color -h --host -p --port -s --socket -n --db -u --uri --user -a --pass -t --connect-timeout --timeout --max-inactive-interval)
    __sessionctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--from')
        return
        ;;
    '--unset')
        return
        ;;
    '--set')
        return
        ;;
    '--expires-in')
        return
        ;;
    '--pem')
        __sessionctl_add_completions -f
        return
        ;;
    '--jwk')
        __sessionctl_add_completions -f
        return
        ;;
    '--secret-file')
        __sessionctl_add_completions -f
        return
        ;;
    '--alg')
        return
        ;;
    '--kid')
        return
        ;;
    '--typ')
        return
        ;;
    '-o'|'--output')
        return
        ;;
    '--color')
        __sessionctl_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    '-h'|'--host')
        return
        ;;
    '-p'|'--port')
        return
        ;;
    '-s'|'--socket')
        __sessionctl_add_completions -f
        return
        ;;
    '-n'|'--db')
        return
        ;;
    '-u'|'--uri')
        return
        ;;
    '--user')
        return
        ;;
    '-a'|'--pass')
        return
        ;;
    '-t'|'--connect-timeout')
        return
        ;;
    '--timeout')
        return
        ;;
    '--namespace')
        return
        ;;
    '--max-inactive-interval')
        return
        ;;
    '--jwt-keys')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __sessionctl_add_completions -f
        return
        ;;
    esac
}

_sessionctl_jwt_check() {
    repeating_flags=()
    non_repeating_flags=(--json --reveal --no-pager -q --quiet --askpass --version --help)
    repeating_options=(--alg --iss --aud --require --namespace --jwt-keys)
    non_repeating_options=(--pem --jwk --secret-file --typ --leeway --at -o --output --color -h --host -p --port -s --socket -n --db -u --uri --user -a --pass -t --connect-timeout --timeout --max-inactive-interval)
    __sessionctl_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--pem')
        __sessionctl_add_completions -f
        return
        ;;
    '--jwk')
        __sessionctl_add_completions -f
        return
        ;;
    '--secret-file')
        __sessionctl_add_completions -f
        return
        ;;
    '--alg')
        return
        ;;
    '--iss')
        return
        ;;
    '--aud')
        return
        ;;
    '--typ')
        return
        ;;
    '--require')
        return
        ;;
    '--leeway')
        return
        ;;
    '--at')
        return
        ;;
    '-o'|'--output')
        return
        ;;
    '--color')
        __sessionctl_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    '-h'|'--host')
        return
        ;;
    '-p'|'--port')
        return
        ;;
    '-s'|'--socket')
        __sessionctl_add_completions -f
        return
        ;;
    '-n'|'--db')
        return
        ;;
    '-u'|'--uri')
        return
        ;;
    '--user')
        return
        ;;
    '-a'|'--pass')
        return
        ;;
    '-t'|'--connect-timeout')
        return
        ;;
    '--timeout')
        return
        ;;
    '--namespace')
        return
        ;;
    '--max-inactive-interval')
        return
        ;;
    '--jwt-keys')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __sessionctl_add_completions -f
        return
        ;;
    esac
}

_sessionctl_jwt_revoke() {
    repeating_flags=()
    non_repeating_flags=(--dry-run --write -y --yes --no-undo --json --reveal --no-pager -q --quiet --askpass --version --help)
    repeating_options=(--namespace --jwt-keys)
    non_repeating_options=(--principal --family --leeway --until --lifetime --at-most --limit --rate --report -o --output --color -h --host -p --port -s --socket -n --db -u --uri --user -a --pass -t --connect-timeout --timeout --max-inactive-interval)
    __sessionctl_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--principal')
        return
        ;;
    '--family')
        return
        ;;
    '--leeway')
        return
        ;;
    '--until')
        return
        ;;
    '--lifetime')
        return
        ;;
    '--at-most')
        return
        ;;
    '--limit')
        return
        ;;
    '--rate')
        return
        ;;
    '--report')
        return
        ;;
    '-o'|'--output')
        return
        ;;
    '--color')
        __sessionctl_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    '-h'|'--host')
        return
        ;;
    '-p'|'--port')
        return
        ;;
    '-s'|'--socket')
        __sessionctl_add_completions -f
        return
        ;;
    '-n'|'--db')
        return
        ;;
    '-u'|'--uri')
        return
        ;;
    '--user')
        return
        ;;
    '-a'|'--pass')
        return
        ;;
    '-t'|'--connect-timeout')
        return
        ;;
    '--timeout')
        return
        ;;
    '--namespace')
        return
        ;;
    '--max-inactive-interval')
        return
        ;;
    '--jwt-keys')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __sessionctl_add_completions -f
        return
        ;;
    esac
}

_sessionctl_help() {
    repeating_flags=()
    non_repeating_flags=(--version)
    repeating_options=()
    non_repeating_options=()
    __sessionctl_offer_flags_options -1
    COMPREPLY+=($(compgen -W 'list show get count users stats keys cookie decode set unset edit expire touch undo migrate verify export import shell profiles demo jwt filters paths formats jwt-keys exit-codes' -- "${cur}"))
}

complete -o filenames -F _sessionctl sessionctl
