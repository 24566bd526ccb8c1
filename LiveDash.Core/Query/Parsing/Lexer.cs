using System.Globalization;
using System.Text;
using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Query.Parsing;

/// <summary>Cuts an expression into words, in one pass. Outside strict mode names may hold dots, as series of LiveDash do. Used by one thread.</summary>
internal sealed class Lexer(string text, bool strict)
{
    private const string Symbols = "+ - * / % ^ ( ) { } [ ] , @ : == != =~ !~ >= <= > < =";

    private static readonly string[] s_symbols = [.. Symbols.Split(' ').OrderByDescending(static one => one.Length)];

    private readonly List<Token> _tokens = [];
    private int _at;
    private int _brackets;

    /// <summary>All words, and one that stands for the end.</summary>
    /// <exception cref="Stop">Something is no word.</exception>
    public List<Token> Read()
    {
        while (SkipBlank())
        {
            var c = text[_at];
            if (c is '"' or '\'' or '`') String(c);
            else if (char.IsAsciiDigit(c) || (c == '.' && _at + 1 < text.Length && char.IsAsciiDigit(text[_at + 1]))) Number();
            else if (char.IsAsciiLetter(c) || c == '_' || (c == ':' && _brackets == 0)) Identifier();
            else Symbol();
        }

        _tokens.Add(new(TokenKind.End, text.Length, text.Length, ""));
        return _tokens;
    }

    private bool SkipBlank()
    {
        while (_at < text.Length)
        {
            if (text[_at] == '#')
            {
                var end = text.IndexOf('\n', _at);
                _at = end < 0 ? text.Length : end;
            }
            else if (text[_at] is ' ' or '\t' or '\n' or '\r') _at++;
            else return true;
        }

        return false;
    }

    private void Symbol()
    {
        foreach (var symbol in s_symbols)
        {
            if (string.CompareOrdinal(text, _at, symbol, 0, symbol.Length) != 0) continue;
            _brackets += symbol switch { "[" => 1, "]" => -1, _ => 0 };
            _tokens.Add(new(TokenKind.Symbol, _at, _at + symbol.Length, symbol));
            _at += symbol.Length;
            return;
        }

        throw new Stop(_at, _at + 1, $"unexpected character: '{text[_at]}'");
    }

    private void Identifier()
    {
        var start = _at++;
        while (_at < text.Length && (IsLetter(text[_at]) || IsInnerDot())) _at++;
        if (!strict && OwnCallFinder.Stands(text, start, _at))
        {
            var call = PromCall(start);
            _at = call.End;
            _tokens.Add(new(TokenKind.Series, start, _at, text[start.._at], Call: call));
            return;
        }

        _tokens.Add(new(TokenKind.Identifier, start, _at, text[start.._at]));
    }

    private SeriesExpr PromCall(int start)
    {
        var call = new OwnCalls(new OwnText(text, start)).Call();
        return call is ForecastExpr or OutlierExpr or AnomalyExpr { By: not null }
            ? throw new Stop(start, call.End, "forecasts, outliers and 'by' of anomalies are judged by rules in LiveDash's own text alone")
            : call;
    }

    private bool IsInnerDot() => !strict && text[_at] == '.' && _at + 1 < text.Length && IsLetter(text[_at + 1]);

    private static bool IsLetter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or ':';

    private void Number()
    {
        var start = _at;
        var end = start;
        while (end < text.Length && char.IsAsciiLetterOrDigit(text[end])) end++;
        if (ExprText.TryDuration(text.AsSpan(start, end - start), out var ticks))
        {
            _at = end;
            _tokens.Add(new(TokenKind.Duration, start, end, text[start..end], (double)ticks / TimeSpan.TicksPerSecond, ticks));
            return;
        }

        var value = text[start] == '0' && start + 1 < text.Length && text[start + 1] is 'x' or 'X' ? Hexadecimal() : Decimal();
        if (_at < text.Length && (IsLetter(text[_at]) || text[_at] == '.'))
        {
            while (_at < text.Length && (IsLetter(text[_at]) || text[_at] == '.')) _at++;
            throw new Stop(start, _at, $"bad number or duration syntax: \"{text[start.._at]}\"");
        }

        _tokens.Add(new(TokenKind.Number, start, _at, text[start.._at], value));
    }

    private double Hexadecimal()
    {
        var start = _at;
        _at += 2;
        double value = 0;
        while (_at < text.Length && (char.IsAsciiHexDigit(text[_at]) || text[_at] == '_'))
        {
            if (text[_at] != '_') value = (value * 16) + Convert.ToInt32(text[_at].ToString(), 16);
            _at++;
        }

        return _at > start + 2 ? value : throw new Stop(start, _at, $"bad number or duration syntax: \"{text[start.._at]}\"");
    }

    private double Decimal()
    {
        var start = _at;
        var digits = new StringBuilder();
        Digits(digits);
        var isWhole = true;
        if (_at < text.Length && text[_at] == '.')
        {
            isWhole = false;
            digits.Append(text[_at++]);
            Digits(digits);
        }

        if (_at < text.Length && text[_at] is 'e' or 'E')
        {
            var sign = _at + 1 < text.Length && text[_at + 1] is '+' or '-' ? 1 : 0;
            if (_at + 1 + sign < text.Length && char.IsAsciiDigit(text[_at + 1 + sign]))
            {
                isWhole = false;
                digits.Append(text, _at, 1 + sign);
                _at += 1 + sign;
                Digits(digits);
            }
        }

        var number = digits.ToString();
        // A zero before digits below 8 makes a number octal, as in Go.
        if (isWhole && number.Length is > 1 and < 20 && number[0] == '0' && number.AsSpan().IndexOfAnyExceptInRange('0', '7') < 0) return Convert.ToInt64(number, 8);
        if (number is "." || !double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || double.IsInfinity(value))
        {
            throw new Stop(start, _at, $"error parsing number: \"{number}\"");
        }

        return value;
    }

    private void Digits(StringBuilder digits)
    {
        while (_at < text.Length && (char.IsAsciiDigit(text[_at]) || (text[_at] == '_' && digits.Length > 0)))
        {
            if (text[_at] != '_') digits.Append(text[_at]);
            _at++;
        }
    }

    private void String(char quote)
    {
        var start = _at++;
        if (quote == '`')
        {
            var end = text.IndexOf('`', _at);
            if (end < 0) throw new Stop(start, text.Length, "unterminated raw string");
            _tokens.Add(new(TokenKind.String, start, end + 1, text[_at..end]));
            _at = end + 1;
            return;
        }

        var value = new StringBuilder();
        while (true)
        {
            if (_at >= text.Length || text[_at] == '\n') throw new Stop(start, _at, "unterminated quoted string");
            var c = text[_at++];
            if (c == quote) break;
            if (c == '\\') GoEscape.Read(text, ref _at, quote, value);
            else value.Append(c);
        }

        _tokens.Add(new(TokenKind.String, start, _at, value.ToString()));
    }
}
