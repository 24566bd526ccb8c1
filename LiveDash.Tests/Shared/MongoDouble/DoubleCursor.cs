using MongoDB.Bson;

namespace LiveDash.Tests.Shared.MongoDouble;

/// <summary>An open cursor: over found documents, or over a change stream from a place in the log.</summary>
internal sealed class DoubleCursor(long id, string ns, IEnumerator<BsonDocument>? rows)
{
    public long Id { get; } = id;

    public string Namespace { get; } = ns;

    public IEnumerator<BsonDocument>? Rows { get; } = rows;

    /// <summary>How many events of the log it has given.</summary>
    public int At { get; set; }

    /// <summary>The next page; true while there is more.</summary>
    public bool Next(int size, BsonArray page)
    {
        long bytes = 0;
        while (page.Count < size && bytes < 16 << 20)
        {
            if (!Rows!.MoveNext()) return false;
            page.Add(Rows.Current);
            bytes += Rows.Current.ElementCount < 8 ? 64 : Rows.Current.ToBson().Length;
        }

        return true;
    }
}
