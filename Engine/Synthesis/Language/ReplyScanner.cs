using System.Globalization;
using System.Text;

namespace Engine.Synthesis.Language;

/// <summary>A value of a reply.</summary>
/// <param name="Text">What stands there, without quotes.</param>
/// <param name="IsQuoted">Whether it stood in quotes.</param>
internal readonly record struct ReplyValue(string Text, bool IsQuoted);

/// <summary>A column of a reply.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">Its values; null where it is no list.</param>
internal sealed record ReplyColumn(string Name, List<ReplyValue>? Values);

/// <summary>Reads the columns out of what a language model said: JSON, but among prose, within code fences, cut off, or with NaN in it.</summary>
/// <remarks>A strict reader of JSON would lose all of a reply to its last word.</remarks>
internal sealed class ReplyScanner
{
    // A reply of nothing but braces must not take the square of its length.
    private const int MostStarts = 200;

    private readonly string _text;
    private readonly List<ReplyColumn> _columns = [];
    private int _at;

    private ReplyScanner(string text, int start) => (_text, _at) = (text, start + 1);

    /// <summary>Finds the object with most of the columns, the first of several.</summary>
    /// <param name="text">What the model said.</param>
    /// <param name="isColumn">Says whether a name is that of a column.</param>
    /// <param name="isWhole">Whether the object was read to its end.</param>
    /// <returns>Its columns as far as they could be read; empty where no object has any of them.</returns>
    public static IReadOnlyList<ReplyColumn> Find(string text, Func<string, bool> isColumn, out bool isWhole)
    {
        isWhole = false;
        IReadOnlyList<ReplyColumn> best = [];
        var most = 0;
        var start = text.IndexOf('{');
        for (var starts = 0; start >= 0 && starts < MostStarts; starts++)
        {
            var scanner = new ReplyScanner(text, start);
            var ended = scanner.Read();
            var known = scanner._columns.Count(column => isColumn(column.Name));
            if (known > most)
                (best, most, isWhole) = (scanner._columns, known, ended);
            // What lies within an object of other names may be what is looked for.
            start = text.IndexOf('{', known > 0 ? Math.Min(scanner._at, text.Length) : start + 1);
        }

        return best;
    }

    private char Next => _at < _text.Length ? _text[_at] : '\0';

    private bool Read()
    {
        while (true)
        {
            SkipSpace(alsoCommas: true);
            if (Next == '}')
            {
                _at++;
                return true;
            }

            if (Next != '"' || ReadQuoted() is not { } name)
                return false;
            SkipSpace();
            if (Next != ':')
                return false;
            _at++;
            SkipSpace();
            if (Next == '[')
            {
                var values = new List<ReplyValue>();
                _columns.Add(new ReplyColumn(name, values));
                if (!ReadList(values))
                    return false;
            }
            else if (Skip())
            {
                _columns.Add(new ReplyColumn(name, null));
            }
            else
            {
                return false;
            }
        }
    }

    private bool ReadList(List<ReplyValue> values)
    {
        _at++;
        while (true)
        {
            SkipSpace();
            if (Next == ']')
            {
                _at++;
                return true;
            }

            if (ReadValue() is not { } value)
                return false;
            values.Add(value);
            SkipSpace();
            if (Next == ',')
                _at++;
            else if (Next != ']')
                return false;
        }
    }

    /// <summary>Reads a value; null where there is none, or the text ends before one can tell that it is whole.</summary>
    private ReplyValue? ReadValue()
    {
        if (Next == '"')
            return ReadQuoted() is { } text ? new ReplyValue(text, IsQuoted: true) : null;
        var start = _at;
        while (_at < _text.Length && !char.IsWhiteSpace(_text[_at]) && !"[]{},:\"".Contains(_text[_at]))
            _at++;
        return _at == start || _at == _text.Length ? null : new ReplyValue(_text[start.._at], IsQuoted: false);
    }

    private string? ReadQuoted()
    {
        var text = new StringBuilder();
        for (_at++; _at < _text.Length; _at++)
        {
            if (_text[_at] == '"')
            {
                _at++;
                return text.ToString();
            }

            if (_text[_at] != '\\')
                text.Append(_text[_at]);
            else if (++_at < _text.Length)
                AppendEscaped(text);
        }

        return null;
    }

    private void AppendEscaped(StringBuilder text)
    {
        if (_text[_at] == 'u' && _at + 4 < _text.Length && ushort.TryParse(_text.AsSpan(_at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            text.Append((char)code);
            _at += 4;
            return;
        }

        text.Append(_text[_at] switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'b' => '\b',
            'f' => '\f',
            var other => other,
        });
    }

    /// <summary>Passes over whatever stands there.</summary>
    private bool Skip()
    {
        var depth = 0;
        do
        {
            SkipSpace(alsoCommas: depth > 0);
            if (Next is '{' or '[')
                (_at, depth) = (_at + 1, depth + 1);
            else if (depth > 0 && Next is '}' or ']')
                (_at, depth) = (_at + 1, depth - 1);
            else if (depth > 0 && Next == ':')
                _at++;
            else if (ReadValue() is null)
                return false;
        }
        while (depth > 0);
        return true;
    }

    private void SkipSpace(bool alsoCommas = false)
    {
        while (_at < _text.Length && (char.IsWhiteSpace(_text[_at]) || alsoCommas && _text[_at] == ','))
            _at++;
    }
}
