namespace LiveDash.Core.Storage.Blocks;

/// <summary>What a failed write means for the store.</summary>
/// <param name="Kind">What is done about it.</param>
/// <param name="Message">What an operator should know.</param>
internal sealed record StoreFault(StoreFaultKind Kind, string Message)
{
    /// <summary>A server's disk is full.</summary>
    public static StoreFault Full(string place) => new(StoreFaultKind.Full, $"The disk of {place} is full: new points are refused until there is space again; reading and alerting go on.");

    /// <summary>A server takes no writes now.</summary>
    public static StoreFault Away(string place, string why) => new(StoreFaultKind.Away, $"{place} takes no writes: {why}. New points are refused until it does; it is asked again each second.");

    /// <summary>Another process writes into the same database.</summary>
    public static StoreFault SecondWriter(string place, SecondWriterException second) =>
        new(StoreFaultKind.Broken, $"Nothing more is written, because {second.Message}: {place}. Stop the other LiveDash and restart this one.");
}
