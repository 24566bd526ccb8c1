using LiveDash.Core.Storage.Sqlite;

namespace LiveDash.Benchmarks;

/// <summary>What most would write first: one row a point, clustered by series and time, prepared statements, WAL, synced commits.</summary>
internal sealed class RowPerPointStore : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _insert;
    private long _id;

    public RowPerPointStore(string path)
    {
        _connection = SqliteConnection.Open(path, write: true);
        _connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536");
        _connection.Execute("CREATE TABLE point (series INTEGER, t INTEGER, id INTEGER, value REAL, PRIMARY KEY (series, t, id)) WITHOUT ROWID");
        _insert = _connection.Prepare("INSERT INTO point (series, t, id, value) VALUES (?, ?, ?, ?)");
    }

    public void Append(int points, int commit, int seriesCount, long at)
    {
        for (var i = 0; i < points; i++)
        {
            if (i % commit == 0) _connection.Execute("BEGIN");
            _insert.Bind(1, i % seriesCount).Bind(2, at + (i / seriesCount * 1_000_000L)).Bind(3, ++_id).Bind(4, i % 1000 / 100.0).Run();
            if (i % commit == commit - 1 || i == points - 1) _connection.Execute("COMMIT");
        }
    }

    public double Aggregate(int seriesCount)
    {
        using var rows = _connection.Prepare("SELECT count(*), sum(value), max(value) FROM point WHERE series BETWEEN 0 AND ? GROUP BY series");
        rows.Bind(1, seriesCount);
        double sum = 0;
        while (rows.Step()) sum += rows.Real(1);
        return sum;
    }

    public void Dispose()
    {
        _insert.Dispose();
        _connection.Dispose();
    }
}
