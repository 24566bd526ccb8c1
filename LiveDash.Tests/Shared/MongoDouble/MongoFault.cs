namespace LiveDash.Tests.Shared.MongoDouble;

/// <summary>What a server answers instead of a result.</summary>
internal sealed class MongoFault(int code, string name, string message) : Exception(message)
{
    public int Code { get; } = code;

    public string Name { get; } = name;

    public string[] Labels { get; init; } = [];

    /// <summary>For what the double does not do: it says so, and proves nothing.</summary>
    public static MongoFault Unknown(string what) => new(59, "CommandNotFound", $"The double does not know '{what}'.");
}
