using LiveDash.Core.Configuration;
using LiveDash.Core.Storage;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace LiveDash.Web.Diagnostics;

/// <summary>What keeps the program from starting and is for the person who started it to mend, in sentences.</summary>
internal static class StartFaults
{
    /// <summary>A sentence for each fault; null for an exception that is a fault of the program itself.</summary>
    public static IReadOnlyList<string>? Of(Exception exception) => exception switch
    {
        SettingsException settings => settings.Faults,
        OptionsValidationException options => [.. options.Failures],
        StoreUnavailableException store => [store.Message],
        IOException { InnerException: AddressInUseException } => [exception.Message + " Choose another port with --urls http://127.0.0.1:<port>."],
        // The configuration binder's way of saying that a value is of the wrong type; its message names the key and the value.
        InvalidOperationException { InnerException: FormatException or ArgumentException, Source: "Microsoft.Extensions.Configuration.Binder" } =>
            [exception.Message],
        _ => null,
    };
}
