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
        ([.. "BZh"u8], "The file is compressed by bzip2: unpack it first."),
        ([0xFD, .. "7zXZ"u8], "The file is compressed by xz: unpack it first."),
        ([.. "7z"u8, 0xBC, 0xAF], "The file is a 7z archive: unpack it first."),
        ([.. "PK"u8, 3, 4], "The file is a ZIP archive, as spreadsheets (.xlsx, .ods) are: unpack it first, or save the sheet as CSV."),
        ([0xD0, 0xCF, 0x11, 0xE0], "The file is a spreadsheet or document of older Office programs (.xls): save the sheet as CSV."),
        ([.. "PAR1"u8], "The file is Parquet: write it as CSV or NDJSON first."),
        ([.. "ARROW1"u8], "The file is Arrow or Feather: write it as CSV or NDJSON first."),
        ([.. "%PDF-"u8], "The file is a PDF: it holds no rows to read."),
        ([.. "SQLite format 3"u8], "The file is an SQLite database: write a table of it as CSV first."),
    ];

    /// <summary>What is said of a file that holds no text, by its first <see cref="Length"/> bytes; null of any other.</summary>
    public static string? Refusal(ReadOnlySpan<byte> head)
    {
        foreach (var (begins, says) in s_known)
        {
            if (head.StartsWith(begins)) return says;
        }

        return null;
    }
}
