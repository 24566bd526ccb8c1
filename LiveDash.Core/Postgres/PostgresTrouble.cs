using System.Net.Sockets;
using Npgsql;

namespace LiveDash.Core.Postgres;

/// <summary>What the driver's exceptions mean, in words of our own: theirs may tell what was written. Stateless.</summary>
internal static class PostgresTrouble
{
    /// <summary>The driver or the server speaks.</summary>
    public static bool IsOurs(Exception e) => e is NpgsqlException or TimeoutException or SocketException;

    /// <summary>It may pass by itself, or the outcome is unknown: worth another try. Anything else the server has refused, so that nothing was done.</summary>
    public static bool IsPassing(Exception e) => e switch
    {
        PostgresException server => IsPassingState(server.SqlState),
        _ => IsOurs(e) || e is NotTheOwnerException,
    };

    /// <summary>There is no space.</summary>
    public static bool IsFull(Exception e) => e is PostgresException { SqlState: PostgresErrorCodes.DiskFull };

    /// <summary>What is asked for can never be kept, whoever asks: the class of data exceptions.</summary>
    public static bool IsImpossible(Exception e) => e is PostgresException server && server.SqlState.StartsWith("22", StringComparison.Ordinal);

    /// <summary>A key is there already.</summary>
    public static bool IsDuplicate(Exception e) => e is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    /// <summary>One sentence for people.</summary>
    public static string Describe(Exception e) => e switch
    {
        _ when IsFull(e) => "the server has no space left",
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } => "the user or the password is wrong",
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } => "the user may not do this",
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } => "there is no such database",
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } => "the server is read-only (a standby?)",
        PostgresException { SqlState: PostgresErrorCodes.TooManyConnections } => "the server has no connection left",
        PostgresException { SqlState: PostgresErrorCodes.CannotConnectNow } => "the server is starting or stopping",
        PostgresException server => $"the server says {server.SqlState}",
        NotTheOwnerException owner => owner.Message,
        TimeoutException or { InnerException: TimeoutException } => "the server does not answer in time",
        SocketException or { InnerException: SocketException } => "no server answers there",
        _ => "the connection was cut",
    };

    // Connection failures, shutting down, too many connections, read-only for now.
    private static bool IsPassingState(string state) =>
        state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("57P", StringComparison.Ordinal) || state is PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.ReadOnlySqlTransaction;
}
