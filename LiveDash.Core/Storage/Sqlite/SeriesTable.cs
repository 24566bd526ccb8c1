namespace LiveDash.Core.Storage.Sqlite;

/// <summary>Series as rows, each kept twice. Stateless.</summary>
internal static class SeriesTable
{
    private const string Values = "(id, name, tags, sum) VALUES (?, ?, ?, ?)";

    /// <summary>Writes one.</summary>
    public static void Insert(SqliteConnection connection, long id, string name, string tags)
    {
        var sum = RowChecks.OfSeries(id, name, tags);
        foreach (var table in (string[])["series", "series_copy"])
        {
            using var row = connection.Prepare($"INSERT INTO {table} {Values}");
            row.Bind(1, id).Bind(2, name).Bind(3, tags).Bind(4, sum).Run();
        }
    }

    /// <summary>Reads all, in the order of their numbers.</summary>
    /// <exception cref="InvalidDataException">One is damaged, or missing in one of the two copies.</exception>
    public static void Load(SqliteConnection connection, Action<long, string, string> take)
    {
        var count = 0;
        using var rows = connection.Prepare("SELECT id, name, tags, sum FROM series ORDER BY id");
        while (rows.Step())
        {
            var (id, name, tags) = (rows.Long(0), rows.Text(1), rows.Text(2));
            if (rows.Long(3) != RowChecks.OfSeries(id, name, tags)) throw new InvalidDataException($"The name of series {id} is damaged.");
            take(id, name, tags);
            count++;
        }

        if (connection.Scalar("SELECT count(*) FROM series_copy") != count) throw new InvalidDataException("The two copies of the series' names differ.");
    }
}
