using LiveDash.Core.Model;

namespace LiveDash.Core.Storage.Sqlite;

/// <summary>What a database held when it was opened.</summary>
/// <param name="Series">Every series, in the order of their numbers.</param>
/// <param name="Damages">What could not be read, for the operator.</param>
internal sealed record StoreContents(IReadOnlyList<SeriesKey> Series, IReadOnlyList<string> Damages)
{
    /// <summary>Reads series, the headers of sealed blocks and the log into an empty index.</summary>
    /// <exception cref="InvalidDataException">The file contradicts itself.</exception>
    public static StoreContents Load(SqliteConnection connection, StoreIndex index, SenderGuard guard)
    {
        var series = ReadSeries(connection);
        var damages = new List<string>();
        index.RaiseLastId(connection.Scalar("SELECT value FROM state WHERE key = 'last_id'"));
        BlockTable.Load(connection, index, series.Count);
        ReadLog(connection, index, guard, series.Count, damages);
        return new StoreContents(series, damages);
    }

    private static List<SeriesKey> ReadSeries(SqliteConnection connection)
    {
        var series = new List<SeriesKey>();
        using var rows = connection.Prepare("SELECT id, name, tags FROM series ORDER BY id");
        while (rows.Step())
        {
            if (rows.Long(0) != series.Count) throw new InvalidDataException($"The series with number {series.Count} is missing.");
            series.Add(SeriesText.Key(rows.Text(1), rows.Text(2)));
        }

        return series;
    }

    private static void ReadLog(SqliteConnection connection, StoreIndex index, SenderGuard guard, int seriesCount, List<string> damages)
    {
        var group = new PointGroup();
        using var rows = connection.Prepare("SELECT id, points, body FROM log ORDER BY id");
        while (rows.Step())
        {
            var (id, points) = (rows.Long(0), rows.Long(1));
            try
            {
                LogCodec.Decode(rows.Blob(2), group);
                if (group.Series.AsSpan(0, group.Count).ContainsAnyExceptInRange(0, seriesCount - 1))
                {
                    throw new InvalidDataException("It names an unknown series.");
                }

                guard.Known(group);
                index.Append(group, id);
            }
            catch (InvalidDataException e)
            {
                damages.Add($"A commit of {points} points is damaged on disk and was left out: {e.Message}");
                index.RaiseLastId(id + points - 1);
            }
        }
    }
}
