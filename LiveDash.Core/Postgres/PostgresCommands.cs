using Npgsql;

namespace LiveDash.Core.Postgres;

/// <summary>Statements in a line. Parameters are by position. Stateless.</summary>
internal static class PostgresCommands
{
    /// <summary>Runs a statement and tells how many rows it changed.</summary>
    public static int Do(this NpgsqlConnection connection, string sql, params ReadOnlySpan<object> values)
    {
        using var command = connection.Command(sql, values);
        return command.ExecuteNonQuery();
    }

    /// <summary>Runs a statement and gives its first value.</summary>
    public static T Ask<T>(this NpgsqlConnection connection, string sql, params ReadOnlySpan<object> values)
    {
        using var command = connection.Command(sql, values);
        return (T)command.ExecuteScalar()!;
    }

    /// <summary>A statement with its values.</summary>
    public static NpgsqlCommand Command(this NpgsqlConnection connection, string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
