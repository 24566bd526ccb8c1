using MongoDB.Driver;

namespace LiveDash.Core.Mongo;

/// <summary>What the driver's exceptions mean, in words of our own: theirs may tell the connection string. Stateless.</summary>
internal static class MongoTrouble
{
    /// <summary>A document of this key is there already.</summary>
    public const int DuplicateKey = 11000;

    /// <summary>The history of a change stream is lost.</summary>
    public const int HistoryLost = 286;

    /// <summary>The cursor is gone.</summary>
    public const int CursorNotFound = 43;

    private const int Unauthorized = 13;
    private const int AuthenticationFailed = 18;
    private const int OutOfDiskSpace = 14031;
    private const int ServiceError = 8000;

    /// <summary>The server's number for it; 0 where it gave none.</summary>
    public static int Code(Exception e) => e switch
    {
        MongoWriteException { WriteError: { } error } => error.Code,
        MongoBulkWriteException { WriteErrors: [var error, ..] } => error.Code,
        MongoCommandException command => command.Code,
        _ => 0,
    };

    /// <summary>The server said no, so that nothing was done; anything else leaves open whether it was.</summary>
    public static bool IsRefusal(Exception e) => e is MongoWriteException { WriteError: not null } or MongoBulkWriteException { WriteErrors.Count: > 0 }
        || (e is MongoCommandException and not (MongoNotPrimaryException or MongoNodeIsRecoveringException or MongoWriteConcernException) && !IsPassingCode((MongoCommandException)e));

    /// <summary>The driver or the server speaks.</summary>
    public static bool IsOurs(Exception e) => e is MongoException or TimeoutException;

    /// <summary>It may pass by itself, or the outcome is unknown: worth another try.</summary>
    public static bool IsPassing(Exception e) => IsOurs(e) && !IsRefusal(e) && e is not MongoAuthenticationException;

    /// <summary>There is no space.</summary>
    public static bool IsFull(Exception e) => Code(e) == OutOfDiskSpace || (Code(e) == ServiceError && e.Message.Contains("quota", StringComparison.OrdinalIgnoreCase));

    /// <summary>A cursor's server side is gone, or its connection: the reading can go on with a new one.</summary>
    public static bool IsLostCursor(Exception e) => e is MongoCursorNotFoundException or MongoConnectionException || Code(e) is CursorNotFound or 237 or 136
        || e is MongoNotPrimaryException or MongoNodeIsRecoveringException;

    /// <summary>One sentence for people.</summary>
    public static string Describe(Exception e) => e switch
    {
        _ when IsFull(e) => "the server has no space left",
        MongoAuthenticationException => "the user or the password is wrong",
        _ when Code(e) == AuthenticationFailed => "the user or the password is wrong",
        _ when Code(e) == Unauthorized => "the user may not do this",
        MongoNotPrimaryException or MongoNodeIsRecoveringException => "the server is no primary",
        MongoWaitQueueFullException or MongoConnectionPoolPausedException => "all connections are in use",
        TimeoutException when e.Message.Contains("selecting a server", StringComparison.Ordinal) => "no server that fits answers",
        TimeoutException => "all connections are in use",
        MongoWriteConcernException => "the write did not reach a majority in time",
        MongoConnectionException => "the connection was cut",
        MongoCommandException command => $"the server says {command.CodeName ?? "no"} ({command.Code})",
        _ => $"the driver says {e.GetType().Name}",
    };

    // Interrupted, shutting down, primary stepped down, exceeded time limit: it may have been done.
    private static bool IsPassingCode(MongoCommandException e) => e.Code is 6 or 7 or 24 or 50 or 64 or 89 or 91 or 189 or 262 or 9001 or 10107 or 11600 or 11602 or 13435 or 13436;
}
