using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;

namespace Bench.Generators;

/// <summary>A server that speaks the chat protocol of OpenAI: theirs, or one of the many on one's own machine.</summary>
internal sealed record OpenAiServer
{
    private const string NoKey = "none";

    /// <summary>The address of OpenAI.</summary>
    public const string PublicEndpoint = "https://api.openai.com/v1";

    /// <summary>Gets the address, up to and with the version.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>Gets the name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>Gets the key; null for servers that ask for none.</summary>
    public ApiKey? Key { get; init; }

    /// <summary>Gets how long a call may take.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets how many times a call is made again where the server is busy or fails.</summary>
    public int MostRetries { get; init; } = 6;

    /// <summary>Gets the longest wait between two of these times, whatever the server asks for.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets the clock of these waits.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Gets whether the server is on another machine.</summary>
    public bool IsRemote => !Endpoint.IsLoopback;

    /// <summary>Makes a generator that asks this server.</summary>
    /// <exception cref="ArgumentException">The address is none of a web server, or the key would be sent to another machine for all to read.</exception>
    public ChatClientGenerator Open()
    {
        if (!Endpoint.IsAbsoluteUri || (Endpoint.Scheme != Uri.UriSchemeHttps && Endpoint.Scheme != Uri.UriSchemeHttp) || Endpoint.UserInfo.Length > 0)
            throw new ArgumentException("the address of the server must begin with https:// or http://, and hold no name or password.");
        if (IsRemote && Key is not null && Endpoint.Scheme != Uri.UriSchemeHttps)
            throw new ArgumentException($"{Endpoint} is on another machine and not encrypted, and the key would be sent there for all to read; use https, or leave the key out.");
        // A server on this machine must not send the data on: neither by a redirection nor through a proxy.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = IsRemote };
        var transport = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        var options = new OpenAIClientOptions
        {
            Endpoint = Endpoint,
            NetworkTimeout = CallTimeout,
            RetryPolicy = new PatientRetries(MostRetries, LongestWait, Clock),
            Transport = new HttpClientPipelineTransport(transport),
        };
        var client = new ChatClient(Model, new ApiKeyCredential(Key?.Reveal() ?? NoKey), options);
        // Servers call different models by one name; replies of one are not those of another. A query may hold a secret, and is left out.
        var place = Endpoint.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/');
        return new ChatClientGenerator(client.AsIChatClient(), $"{Model} at {place}", IsRemote, Key, transport);
    }

    /// <summary>The client's own retries, which wait as long as the server asks, but never longer than is bearable.</summary>
    /// <remarks>The client itself would wait for a day if a server asked it to.</remarks>
    private sealed class PatientRetries(int mostRetries, TimeSpan longestWait, TimeProvider clock) : ClientRetryPolicy(mostRetries)
    {
        protected override TimeSpan GetNextDelay(PipelineMessage message, int tryCount)
        {
            var delay = base.GetNextDelay(message, tryCount);
            return delay < longestWait ? delay : longestWait;
        }

        protected override Task WaitAsync(TimeSpan time, CancellationToken cancellationToken) => Task.Delay(time, clock, cancellationToken);
    }
}
