namespace LiveDash.Core.Ingestion.Files;

/// <summary>
/// Files that hold no text, by the bytes that their formats begin with (RFC 1952; RFC 8878; PKWARE APPNOTE 4.3.7; Apache Parquet, "File format"). Read as CSV, the header of a spreadsheet would be refused as a
/// name that nobody can read. Stateless.
/// </summary>
internal static class FileSignature
{
    /// <summary>How many bytes tell.</summary>
    public const int Length = 16;

    private static readonly (byte[] Begins, string Says)[] s_known =
    [
        ([0x1F, 0x8B], "The file is compressed by gzip: unpack it first; by HTTP, or send it with Content-Encoding: gzip."),
        ([0x28, 0xB5, 0x2F, 0xFD], "The file is compressed by zstd: unpack it first; by HTTP, or send it with Content-Encoding: zstd."),
        ([0xFD, .. "7zXZ"u8], "The file is compressed by xz: unpack it first."),
        ([.. "7z"u8, 0xBC, 0xAF], "The file is a 7z archive: unpack it first."),
        ([.. "PK"u8, 3, 4], "The file is a ZIP archive, as spreadsheets (.xlsx, .ods) are: unpack it first, or save the sheet as CSV."),
        ([0xD0, 0xCF, 0x11, 0xE0], "The file is a spreadsheet or document of older Office programs (.xls): save the sheet as CSV."),
        ([.. "ARROW1\0\0"u8], "The file is Arrow or Feather: write it as CSV or NDJSON first."),
        ([.. "%PDF-"u8], "The file is a PDF: it holds no rows to read."),
        ([.. "SQLite format 3\0"u8], "The file is an SQLite database: write a table of it as CSV first."),
    ];

    /// <summary>What is said of a file that holds no text, by its first <see cref="Length"/> bytes; null of any other.</summary>
    public static string? Refusal(ReadOnlySpan<byte> head)
    {
        foreach (var (begins, says) in s_known)
        {
            if (head.StartsWith(begins)) return says;
        }

        // These begin with letters as a header may: what follows them is none.
        if (head.StartsWith("BZh"u8) && IsBzip2(head[3..])) return "The file is compressed by bzip2: unpack it first.";
        if (head.StartsWith("PAR1"u8) && head.Length > 4 && head[4] is (< 0x20 or > 0x7E) and not ((byte)'\t' or (byte)'\r' or (byte)'\n')) return "The file is Parquet: write it as CSV or NDJSON first.";
        return null;
    }

    // The size of blocks, then a block or the end.
    private static bool IsBzip2(ReadOnlySpan<byte> rest) =>
        rest is [>= (byte)'1' and <= (byte)'9', .. var block] && (block.StartsWith("1AY&SY"u8) || block.StartsWith((ReadOnlySpan<byte>)[0x17, 0x72, 0x45, 0x38, 0x50, 0x90]));
}
