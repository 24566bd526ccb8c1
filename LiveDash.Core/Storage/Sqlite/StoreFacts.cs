using System.Buffers.Binary;

namespace LiveDash.Core.Storage.Sqlite;

/// <summary>Numbers that the store keeps of itself, as documents, so that they stand twice. Stateless.</summary>
internal static class StoreFacts
{
    /// <summary>The kind of these documents.</summary>
    public const string Kind = "store";

    /// <summary>The id of the newest point that ever was, which may be deleted since.</summary>
    public const string LastId = "last_id";

    /// <summary>The version of the tables, which stands in the file's header too.</summary>
    public const string Format = "format";

    /// <summary>Which database this is: a number by chance, made with it.</summary>
    public const string Identity = "identity";

    /// <summary>Reads one; null where it was never written, or is damaged.</summary>
    public static long? Read(SqliteConnection connection, string name)
    {
        foreach (var table in (string[])["document", "document_copy"])
        {
            using var row = connection.Prepare($"SELECT body, sum FROM {table} WHERE kind = ? AND id = ?");
            row.Bind(1, Kind).Bind(2, name);
            if (!row.Step()) continue;
            var body = row.Blob(0);
            if (body.Length == 8 && row.Long(1) == RowChecks.OfDocument(Kind, name, body)) return BinaryPrimitives.ReadInt64LittleEndian(body);
        }

        return null;
    }

    /// <summary>Writes one, in a transaction of the caller's.</summary>
    public static void Write(SqliteConnection connection, string name, long value)
    {
        Span<byte> body = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(body, value);
        DocumentTable.Put(connection, Kind, name, body);
    }
}
