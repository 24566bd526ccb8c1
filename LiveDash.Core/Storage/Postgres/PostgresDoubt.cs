using Npgsql;

namespace LiveDash.Core.Storage.Postgres;

/// <summary>A change whose outcome is not known.</summary>
/// <param name="Change">Its number.</param>
/// <param name="IfDone">What follows where it was done; null for nothing.</param>
/// <param name="IfNot">What follows where it was not; null for nothing.</param>
internal sealed record PostgresDoubt(long Change, Action<NpgsqlConnection>? IfDone, Action<NpgsqlConnection>? IfNot);
