namespace LiveDash.Core.Rules.Files;

/// <summary>
/// Reads the parts of a PromQL expression from left to right; each takes space before it. No character is looked at more than a few times, whatever
/// the text: <see cref="Steps"/> counts. Not thread-safe.
/// </summary>
internal sealed class PrometheusCursor(string text)
{
    private const int MaxQuoted = 200;
    private int _at;

    /// <summary>How many characters were looked at so far.</summary>
    public long Steps { get; private set; }

    /// <summary>How long the text is, in characters.</summary>
    public int Length => text.Length;

    /// <summary>The text as a message shows it.</summary>
    public string Quoted => text.Trim() is var whole && whole.Length <= MaxQuoted ? whole : whole[..MaxQuoted] + "...";

    /// <summary>True when nothing but space is left.</summary>
    public bool IsAtEnd
    {
        get
        {
            SkipSpace();
            return _at == text.Length;
        }
    }

    /// <summary>Takes the sign if it stands next.</summary>
    public bool TryTake(string sign)
    {
        SkipSpace();
        Steps += sign.Length;
        if (string.CompareOrdinal(text, _at, sign, 0, sign.Length) != 0) return false;
        _at += sign.Length;
        return true;
    }

    /// <summary>Takes a function's name with its opening parenthesis; empty where none stands next.</summary>
    public string Function()
    {
        SkipSpace();
        var start = _at;
        var name = Take(static c => c is (>= 'a' and <= 'z') or '_');
        if (name.Length > 0 && TryTake("(")) return name;
        _at = start;
        return "";
    }

    /// <summary>Takes a metric's name; empty where none stands next.</summary>
    public string Metric()
    {
        SkipSpace();
        return _at < text.Length && (char.IsAsciiLetter(text[_at]) || text[_at] is '_' or ':') ? Take(static c => char.IsLetterOrDigit(c) || c is '_' or ':') : "";
    }

    /// <summary>Takes a range in brackets; null where none stands next.</summary>
    public string? Range()
    {
        if (!TryTake("[")) return null;
        SkipSpace();
        var range = Take(static c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9'));
        return range.Length > 0 && TryTake("]") ? range : null;
    }

    /// <summary>Takes a number's text; null where none stands next.</summary>
    public string? Number()
    {
        SkipSpace();
        var start = _at;
        if (_at < text.Length && text[_at] is '+' or '-') _at++;
        if (Take(static c => char.IsAsciiDigit(c) || c == '.').Length == 0)
        {
            _at = start;
            return null;
        }

        var end = _at;
        if (_at < text.Length && text[_at] is 'e' or 'E')
        {
            _at++;
            if (_at < text.Length && text[_at] is '+' or '-') _at++;
            if (Take(char.IsAsciiDigit).Length == 0) _at = end;
        }

        return text[start.._at];
    }

    /// <summary>Takes a label's matcher; null where none stands next.</summary>
    public (string Name, string Sign, string Value)? Label()
    {
        SkipSpace();
        var name = Take(static c => char.IsLetterOrDigit(c) || c == '_');
        SkipSpace();
        var sign = Take(static c => c is '=' or '~' or '!');
        if (name.Length == 0 || char.IsDigit(name[0]) || sign is not ("=" or "!=" or "=~" or "!~") || !TryTake("\"")) return null;
        var value = Take(static c => c != '"');
        if (_at == text.Length) return null;
        _at++;
        return (name, sign, value);
    }

    private string Take(Func<char, bool> isPart)
    {
        var start = _at;
        while (_at < text.Length && isPart(text[_at])) _at++;
        Steps += _at - start + 1;
        return text[start.._at];
    }

    private void SkipSpace()
    {
        var start = _at;
        while (_at < text.Length && char.IsWhiteSpace(text[_at])) _at++;
        Steps += _at - start + 1;
    }
}
