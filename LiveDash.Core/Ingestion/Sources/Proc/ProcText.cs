using System.Buffers.Text;
using System.Text;

namespace LiveDash.Core.Ingestion.Sources.Proc;

/// <summary>Walks the words of a text file of the kernel's, as UTF-8. For one pass.</summary>
internal ref struct ProcText
{
    private ReadOnlySpan<byte> _rest;

    /// <summary>Begins at the start.</summary>
    public ProcText(ReadOnlySpan<byte> text) => _rest = text;

    /// <summary>Takes the next line, without its end; empty lines too.</summary>
    public bool NextLine(out ProcText line)
    {
        line = default;
        if (_rest.IsEmpty) return false;
        var end = _rest.IndexOf((byte)'\n');
        line = new ProcText(end < 0 ? _rest : _rest[..end]);
        _rest = end < 0 ? [] : _rest[(end + 1)..];
        return true;
    }

    /// <summary>Takes the next word; empty at the end.</summary>
    public ReadOnlySpan<byte> Word()
    {
        _rest = _rest.TrimStart(" \t"u8);
        var end = _rest.IndexOfAny(" \t\n"u8);
        var word = end < 0 ? _rest : _rest[..end];
        _rest = _rest[word.Length..];
        return word;
    }

    /// <summary>Takes everything up to a byte and the byte itself; false where there is none.</summary>
    public bool Until(byte stop, out ReadOnlySpan<byte> before)
    {
        var end = _rest.IndexOf(stop);
        before = end < 0 ? default : _rest[..end].Trim(" \t"u8);
        if (end < 0) return false;
        _rest = _rest[(end + 1)..];
        return true;
    }

    /// <summary>Takes the next word as a whole number; false where it is none.</summary>
    public bool TryNumber(out long number)
    {
        var word = Word();
        return Utf8Parser.TryParse(word, out number, out var used) && used == word.Length;
    }

    /// <summary>Takes the next word as a number.</summary>
    public bool TryNumber(out double number)
    {
        var word = Word();
        return Utf8Parser.TryParse(word, out number, out var used) && used == word.Length;
    }

    /// <summary>The first word of a file as a number.</summary>
    public static bool TryFirstNumber(ReadOnlySpan<byte> text, out double number) => new ProcText(text).TryNumber(out number);

    /// <summary>A word as a string.</summary>
    public static string Text(ReadOnlySpan<byte> word) => Encoding.UTF8.GetString(word);
}
