using System.Text;
using System.Text.RegularExpressions;
using LiveDash.Core.Model;

namespace LiveDash.Core.Query.Tree;

/// <summary>
/// Regular expressions as RE2 writes them (https://github.com/google/re2/wiki/Syntax), made ready for .NET's engine without backtracking, so in time linear in the text:
/// classes such as <c>\d</c> and <c>[[:alpha:]]</c> are ASCII's, a dot takes line breaks too, groups may be named <c>(?P&lt;x&gt;...)</c>. Stateless, so safe on any thread.
/// </summary>
public static class Re2Syntax
{
    /// <summary>The longest expression, in characters.</summary>
    public const int MaxLength = 8_192;

    private const int LongestClass = 32;

    private static readonly System.Buffers.SearchValues<char> s_meta = System.Buffers.SearchValues.Create("\\.+*?()[]{}^$");

    private static readonly Dictionary<string, string> s_classes = new(StringComparer.Ordinal)
    {
        ["alnum"] = "0-9A-Za-z", ["alpha"] = "A-Za-z", ["ascii"] = "\\x00-\\x7F", ["blank"] = "\\t ", ["cntrl"] = "\\x00-\\x1F\\x7F", ["digit"] = "0-9",
        ["graph"] = "!-~", ["lower"] = "a-z", ["print"] = " -~", ["punct"] = "!-/:-@\\[-`{-~", ["space"] = "\\t\\n\\v\\f\\r ", ["upper"] = "A-Z", ["word"] = "0-9A-Za-z_", ["xdigit"] = "0-9A-Fa-f",
    };

    /// <summary>An expression that holds for a whole text.</summary>
    /// <exception cref="ArgumentException">It cannot be read; the message says why.</exception>
    public static Regex Anchored(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        if (pattern.Length > MaxLength) throw new ArgumentException($"A regular expression has at most {MaxLength:N0} characters.", nameof(pattern));
        return LinearPattern.Compile("^(?s:" + Translate(pattern) + ")\\z");
    }

    /// <summary>The texts that an expression stands for where it is nothing but texts and bars between them; null for any other.</summary>
    public static string[]? Texts(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return pattern.Length > MaxLength || pattern.AsSpan().ContainsAny(s_meta) ? null : pattern.Split('|');
    }

    private static string Translate(string pattern)
    {
        if (pattern.AsSpan().IndexOfAny('\\', '[', '(') < 0) return pattern;
        var text = new StringBuilder(pattern.Length + 16);
        var i = 0;
        var inClass = false;
        while (i < pattern.Length)
        {
            var c = pattern[i];
            if (c == '\\') i = Escape(pattern, i, inClass, text);
            else if (inClass) i = InClass(pattern, i, text, ref inClass);
            else if (c == '[') i = OpenClass(pattern, i, text, ref inClass);
            else if (pattern.AsSpan(i).StartsWith("(?P<", StringComparison.Ordinal))
            {
                text.Append("(?<");
                i += 4;
            }
            else
            {
                text.Append(c);
                i++;
            }
        }

        return text.ToString();
    }

    private static int OpenClass(string pattern, int i, StringBuilder text, ref bool inClass)
    {
        inClass = true;
        text.Append('[');
        i++;
        if (i < pattern.Length && pattern[i] == '^')
        {
            text.Append('^');
            i++;
        }

        // A bracket that comes first is a bracket.
        if (i < pattern.Length && pattern[i] == ']')
        {
            text.Append("\\]");
            i++;
        }

        return i;
    }

    private static int InClass(string pattern, int i, StringBuilder text, ref bool inClass)
    {
        var c = pattern[i];
        if (c == ']') inClass = false;
        if (c != '[')
        {
            text.Append(c);
            return i + 1;
        }

        // Names of classes are short: what is not closed by then is none.
        var start = pattern.AsSpan(i, Math.Min(pattern.Length - i, LongestClass));
        var end = start.StartsWith("[:", StringComparison.Ordinal) ? start.IndexOf(":]", StringComparison.Ordinal) : -1;
        if (end < 0)
        {
            text.Append("\\[");
            return i + 1;
        }

        var name = start[2..end].ToString();
        if (!s_classes.TryGetValue(name, out var members)) throw new ArgumentException($"There is no class '[:{name}:]'.", nameof(pattern));
        text.Append(members);
        return i + end + 2;
    }

    private static int Escape(string pattern, int i, bool inClass, StringBuilder text)
    {
        if (i + 1 == pattern.Length) throw new ArgumentException("A backslash stands at the end.", nameof(pattern));
        var c = pattern[i + 1];
        switch (c)
        {
            case 'Q':
                var end = pattern.IndexOf("\\E", i + 2, StringComparison.Ordinal);
                text.Append(Regex.Escape(end < 0 ? pattern[(i + 2)..] : pattern[(i + 2)..end]));
                return end < 0 ? pattern.Length : end + 2;
            case 'd' or 'w' or 's':
                var members = c switch { 'd' => "0-9", 'w' => "0-9A-Za-z_", _ => "\\t\\n\\f\\r " };
                text.Append(inClass ? members : "[" + members + "]");
                return i + 2;
            case 'D' or 'W' or 'S' when !inClass:
                text.Append(c switch { 'D' => "[^0-9]", 'W' => "[^0-9A-Za-z_]", _ => "[^\\t\\n\\f\\r ]" });
                return i + 2;
            case >= '1' and <= '9' or 'C':
                throw new ArgumentException($"invalid escape sequence: `\\{c}`", nameof(pattern));
            default:
                text.Append('\\').Append(c);
                return i + 2;
        }
    }
}
