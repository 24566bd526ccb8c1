using Microsoft.AspNetCore.Components.Server.Circuits;

namespace LiveDash.Web.Security.Circuits;

/// <summary>Registers what ends circuits.</summary>
internal static class CircuitServices
{
    /// <summary>Adds it. Only where people say who they are.</summary>
    public static void AddCircuitEnds(this IServiceCollection services)
    {
        services.AddSingleton<OpenCircuits>();
        services.AddScoped<CircuitHandler, CircuitGate>();
        services.AddHostedService<LiveEnds>();
    }
}
