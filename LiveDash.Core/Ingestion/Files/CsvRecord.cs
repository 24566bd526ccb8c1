using System.Text;

namespace LiveDash.Core.Ingestion.Files;

/// <summary>Splits one record of RFC 4180 into its cells, quotes undone; the memory is used again for the next. Not thread-safe.</summary>
internal sealed class CsvRecord
{
    private readonly List<int> _ends = [];
    private byte[] _text = new byte[1024];

    /// <summary>How many cells there are.</summary>
    public int Count => _ends.Count;

    /// <summary>A cell; empty where the record is shorter. Valid until the next <see cref="Read"/>.</summary>
    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            if (index < 0 || index >= _ends.Count) return [];
            var from = index == 0 ? 0 : _ends[index - 1];
            return _text.AsSpan(from, _ends[index] - from);
        }
    }

    /// <summary>Every cell as text.</summary>
    public string[] ToTexts()
    {
        var texts = new string[Count];
        for (var i = 0; i < texts.Length; i++) texts[i] = Encoding.UTF8.GetString(this[i]);
        return texts;
    }

    /// <summary>Splits a record.</summary>
    /// <param name="record">Without its line end.</param>
    /// <param name="separator">The byte between cells.</param>
    public void Read(ReadOnlySpan<byte> record, byte separator)
    {
        if (_text.Length < record.Length) _text = new byte[record.Length * 2];
        _ends.Clear();
        var length = 0;
        var quoted = false;
        for (var i = 0; i < record.Length; i++)
        {
            var b = record[i];
            if (b == '"')
            {
                // A doubled quote within quotes is one quote.
                if (quoted && i + 1 < record.Length && record[i + 1] == '"') _text[length++] = record[i++];
                else quoted = !quoted;
            }
            else if (b == separator && !quoted)
            {
                _ends.Add(length);
            }
            else
            {
                _text[length++] = b;
            }
        }

        _ends.Add(length);
    }

    /// <summary>The byte that most likely stands between the cells of a header.</summary>
    public static byte FindSeparator(ReadOnlySpan<byte> header)
    {
        var best = (byte)',';
        foreach (var candidate in ",;\t"u8)
        {
            if (header.Count(candidate) > header.Count(best)) best = candidate;
        }

        return best;
    }
}
