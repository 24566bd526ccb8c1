using System.Globalization;
using System.Text;
using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Query.Parsing;

/// <summary>Reads words, signs and arguments off LiveDash's own text and knows the place. Not thread-safe.</summary>
/// <param name="text">The text.</param>
/// <param name="at">Where to begin, in characters.</param>
internal sealed class OwnText(string text, int at = 0)
{
    /// <summary>How many characters stand before what comes next, space included.</summary>
    public int Next => SkipSpace();

    /// <summary>How many characters stand before what was not taken yet.</summary>
    public int Position { get; private set; } = at;

    /// <summary>True when nothing but space is left.</summary>
    public bool IsAtEnd => SkipSpace() == text.Length;

    /// <summary>Takes the word if it stands next, whatever its case.</summary>
    public bool TryWord(string word)
    {
        SkipSpace();
        var end = Position + word.Length;
        if (end > text.Length || !text.AsSpan(Position, word.Length).Equals(word, StringComparison.OrdinalIgnoreCase)) return false;
        if (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '_' or '.')) return false;
        Position = end;
        return true;
    }

    /// <summary>Takes the character if it stands next.</summary>
    public bool TryChar(char character)
    {
        SkipSpace();
        if (Position == text.Length || text[Position] != character) return false;
        Position++;
        return true;
    }

    /// <summary>Takes a character that must stand next.</summary>
    public void Expect(char character, string after)
    {
        if (!TryChar(character)) throw Fault($"'{character}' is expected after {after}.");
    }

    /// <summary>Takes what stands before the next parenthesis: an aggregate's or condition's name.</summary>
    public string Name()
    {
        SkipSpace();
        var open = text.IndexOf('(', Position);
        if (open < 0) throw Fault("A condition such as 'mean(cpu.load, 30s) > 80' is expected here.");
        var name = text[Position..open].TrimEnd();
        if (name.Length == 0) throw Fault("The name of an aggregate, such as 'mean', is expected before '('.");
        Position = open + 1;
        return name;
    }

    /// <summary>Takes an argument: up to the next comma or closing parenthesis outside of braces.</summary>
    public (string Text, int Position) Argument(string what)
    {
        SkipSpace();
        var start = Position;
        var isInTags = false;
        var isQuoted = false;
        while (Position < text.Length)
        {
            var c = text[Position];
            if (isInTags && c == '"') isQuoted = !isQuoted;
            else if (isQuoted && c == '\\' && Position + 1 < text.Length) Position++;
            else if (!isQuoted && c is '{' or '}') isInTags = c == '{';
            else if (!isInTags && c is ',' or ')') break;
            Position++;
        }

        if (isInTags) throw FaultAt(start, "The tags of this series are not closed: '}' is missing.");
        for (var i = start; i < Position; i++)
        {
            if (ExprText.IsInvisible(text[i])) throw FaultAt(i, $"The character U+{(int)text[i]:X4} is not allowed here: no control, bidirectional or invisible characters.");
        }

        var argument = text[start..Position].TrimEnd();
        if (argument.Length == 0) throw FaultAt(start, $"{what} is expected here.");
        return (argument, start);
    }

    /// <summary>Takes a comparison's sign; null where there is none.</summary>
    public BinaryOperator? TrySign()
    {
        SkipSpace();
        var length = 0;
        while (Position + length < text.Length && length < 2 && text[Position + length] is '<' or '>' or '=' or '!') length++;
        if (length == 0) return null;
        var sign = text.Substring(Position, length);
        BinaryOperator? comparison = sign switch
        {
            ">" => BinaryOperator.Greater,
            ">=" => BinaryOperator.GreaterOrEqual,
            "<" => BinaryOperator.Less,
            "<=" => BinaryOperator.LessOrEqual,
            "==" or "=" => BinaryOperator.Equal,
            "!=" => BinaryOperator.NotEqual,
            _ => null,
        };
        if (comparison is null) throw Fault($"'{sign}' is not a comparison; there are >, >=, <, <=, == and !=.");
        Position += length;
        return comparison;
    }

    /// <summary>Takes a text in quotes.</summary>
    public string Quoted(string what)
    {
        var start = SkipSpace();
        if (!TryChar('"')) throw FaultAt(start, $"{what} is expected here, a text in quotes such as \"stopped\".");
        var found = new StringBuilder();
        while (Position < text.Length && text[Position] != '"')
        {
            if (text[Position] == '\\' && Position + 1 < text.Length) Position++;
            if (ExprText.IsInvisible(text[Position])) throw FaultAt(Position, $"The character U+{(int)text[Position]:X4} is not allowed here: no control, bidirectional or invisible characters.");
            found.Append(text[Position++]);
        }

        if (Position >= text.Length) throw FaultAt(start, "This text is not closed: '\"' is missing.");
        Position++;
        if (found.Length == 0) throw FaultAt(start, $"{what} is empty.");
        return found.ToString();
    }

    /// <summary>Takes a finite number.</summary>
    public double Number(string what)
    {
        var start = SkipSpace();
        var token = Token();
        if (double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)) return number;
        throw FaultAt(start, token.Length == 0 ? $"{what} is expected here, a number such as 80." : $"'{token}' is not a number; {what} is expected here.");
    }

    /// <summary>Takes a duration.</summary>
    public TimeSpan Duration(string what)
    {
        var start = SkipSpace();
        var token = Token();
        if (LiveDash.Core.Windows.DurationText.TryParse(token, out var duration)) return duration;
        throw FaultAt(start, $"{what} is expected here, {LiveDash.Core.Windows.DurationText.Rule}.");
    }

    /// <summary>The next word, for a message.</summary>
    public string PeekToken()
    {
        var start = SkipSpace();
        var token = Token();
        Position = start;
        return token;
    }

    /// <summary>Says that what stands next is wrong.</summary>
    public Stop Fault(string detail) => FaultAt(SkipSpace(), detail);

    /// <summary>Says that what stands at a place is wrong.</summary>
    public static Stop FaultAt(int position, string detail) => new(position, position, detail);

    private string Token()
    {
        var start = SkipSpace();
        while (Position < text.Length && !char.IsWhiteSpace(text[Position]) && text[Position] is not (',' or ')' or '(')) Position++;
        return text[start..Position];
    }

    private int SkipSpace()
    {
        while (Position < text.Length && char.IsWhiteSpace(text[Position])) Position++;
        return Position;
    }
}
