using System.Collections.Concurrent;

namespace LiveDash.Core.Storage.Sqlite;

/// <summary>Read-only connections, kept for the next reader. Each read is one short statement, so none holds an old snapshot. Thread-safe.</summary>
internal sealed class ReaderPool(StoreFiles files) : IDisposable
{
    // How many idle connections are kept; more are opened when more read at once, and closed after.
    private const int MaxIdle = 4;

    private readonly ConcurrentBag<StoreReader> _idle = [];
    private volatile bool _closed;

    /// <summary>Reads with a connection of its own.</summary>
    /// <exception cref="StoreUnavailableException">The store is closed.</exception>
    public T Read<T>(Func<StoreReader, T> read)
    {
        var reader = Rent();
        var sound = false;
        try
        {
            var result = read(reader);
            sound = true;
            return result;
        }
        finally
        {
            if (sound) Return(reader);
            else reader.Dispose();
        }
    }

    /// <summary>Takes a connection; the caller gives it back or disposes it.</summary>
    public StoreReader Rent()
    {
        if (_closed) throw new StoreUnavailableException("The store is closed.");
        if (_idle.TryTake(out var reader)) return reader;
        // By its name another file would be opened now.
        if (!files.IsReachable) throw new StoreUnavailableException("The data directory is not where it was: what it holds cannot be read now.");
        return new StoreReader(files.Database);
    }

    /// <summary>Gives a connection back.</summary>
    public void Return(StoreReader reader)
    {
        if (_closed || _idle.Count >= MaxIdle)
        {
            reader.Dispose();
            return;
        }

        _idle.Add(reader);
        if (_closed) Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _closed = true;
        while (_idle.TryTake(out var reader)) reader.Dispose();
    }
}
