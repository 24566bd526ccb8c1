namespace LiveDash.Core.Storage.Sqlite;

/// <summary>The files of the store are not where they belong: what is committed would be found by nobody.</summary>
internal sealed class StoreGoneException(string directory) : IOException(
    $"The data directory '{directory}' was deleted, moved or replaced: nothing is kept, and what is sent is refused. It goes on by itself once the directory is back as it was; a restart begins with what is there.");
