using LiveDash.Core;
using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Ingestion;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LiveDash.Embedded;

/// <summary>LiveDash as a library in a program of its own, without a web server: a source, windows, a rule with a callback and a detector.</summary>
public static class EmbeddedProgram
{
    /// <summary>Runs until Ctrl+C; settings as those of the server, such as <c>--LiveDash:DataDirectory=/srv/sample</c>.</summary>
    public static Task Main(string[] args) => Build(args).RunAsync();

    /// <summary>Puts the program together.</summary>
    public static IHost Build(string[] args)
    {
        var builder = Host.CreateApplicationBuilder(args);
        builder.Services.AddLiveDashCore(builder.Configuration);
        builder.Services.Configure<SampleOptions>(builder.Configuration.GetSection("Sample"));
        builder.Services.AddHostedService<HeapSource>();
        builder.Services.AddCodeRule<HeapRule>();
        builder.Services.AddSingleton<StepDetector>();
        builder.Services.AddSingleton<IPointConsumer>(static provider => provider.GetRequiredService<StepDetector>());
        builder.Services.AddHostedService<HeapReport>();
        return builder.Build();
    }
}
