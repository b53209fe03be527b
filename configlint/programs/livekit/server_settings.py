"""Every setting of livekit-server, with what it has to be.

Read from the structures that its configuration is decoded into (pkg/config/config.go and what that embeds of
mediatransportutil, protocol and psrpc) at v1.5.3, v1.7.2, v1.9.11 and v1.13.11: what any of them knows is accepted.
What is left open (`:any`) has a reader of its own there, or is tuning of bandwidth estimation and stream tracking.
"""

from configlint.programs.livekit.schema import Schema, schema

_TABLE = {
    "": (
        "port:count bind_addresses:list prometheus_port:count prometheus:map debug_handler:map webtransport:map"
        " rtc:map redis:map audio:map video:map room:map turn:map ingress:map sip:map webhook:map"
        " node_selector:map key_file keys:map region signal_relay:map psrpc:map log_level logging:map limit:map"
        " agents:map development:flag metric:map trace:map node_stats:map enable_data_tracks:flag"
        " enable_participant_data_blob:flag api:map environment"
    ),
    "agents": "enable_user_data_recording:flag enable_user_data_redaction:flag target_load:number endpoints:map",
    "agents.endpoints": "disabled:flag max_streams:count max_tunnels:count tunnel_drain_timeout:time",
    "api": (
        "execution_timeout:time check_interval:time max_check_interval:time enable_psrpc_for_get_list_participants:flag"
    ),
    "audio": (
        "active_level:count min_percentile:count update_interval:count smooth_intervals:count"
        " active_red_encoding:flag enable_loss_proxying:flag"
    ),
    "debug_handler": "port:count",
    "ingress": "rtmp_base_url whip_base_url enable_udp_url_pull:flag",
    "limit": (
        "num_tracks:whole bytes_per_sec:number subscription_limit_video:whole subscription_limit_audio:whole"
        " max_metadata_size:count max_attributes_size:count max_room_name_length:whole"
        " max_participant_identity_length:whole max_participant_name_length:whole max_data_blob_key_length:whole"
        " max_data_blobs_size:count max_data_track_custom_encoding_length:whole subscribe_pace_shadow_rates:list"
        " signal_message_size_limit:whole agent_signal_message_size_limit:whole max_api_request_body_size:whole"
    ),
    "logging": (
        "json:flag level sample:flag component_levels:map sample_initial:whole sample_interval:whole"
        " item_sample_seconds:whole item_sample_initial:whole item_sample_interval:whole pion_level"
    ),
    "metric": "timestamper_config:map collector:map reporter:map",
    "metric.collector": "sampling_interval_ms:count batch_interval_ms:count",
    "metric.reporter": "reporting_interval_ms:count",
    "metric.timestamper_config": "one_way_delay_estimator_min_interval:time one_way_delay_estimator_max_batch:whole",
    "node_selector": "kind sort_by algorithm cpu_load_limit:number sysload_limit:number regions:list",
    "node_selector.regions": "name lat:number lon:number",
    "node_stats": "stats_update_interval:time stats_rate_measurement_intervals:list stats_max_delay:time",
    "prometheus": "port:count username password",
    "psrpc": "max_attempts:whole timeout:time backoff:time buffer_size:whole compression:map",
    "psrpc.compression": "quality:whole threshold:whole max_decompressed_size:whole",
    "redis": (
        "address username password db:whole use_tls:flag tls:map sentinel_master_name sentinel_username"
        " sentinel_password sentinel_addresses:list cluster_addresses:list dial_timeout:whole read_timeout:whole"
        " write_timeout:whole max_redirects:whole pool_timeout:time pool_size:whole"
    ),
    "redis.tls": "enabled:flag insecure:flag server_name ca_cert_file client_cert_file client_key_file",
    "room": (
        "auto_create:flag enabled_codecs:list max_participants:count empty_timeout:count departure_timeout:count"
        " enable_remote_unmute:flag playout_delay:map sync_streams:flag create_room_timeout:time"
        " create_room_attempts:whole enable_full_room_in_webhooks:flag update_batch_target_size:whole"
        " max_metadata_size:count max_room_name_length:whole max_participant_identity_length:whole"
        " room_configurations:map create_room_enabled:flag"
    ),
    "room.enabled_codecs": "mime fmtp_line",
    "room.playout_delay": "enabled:flag min:whole max:whole",
    "rtc": (
        "udp_port:any tcp_port:count port_range_start:count port_range_end:count use_stun_port_as_ice:flag"
        " node_ip:any stun_servers:list use_external_ip:flag require_ipv4:flag skip_external_ip_validation:flag"
        " advertise_internal_ip:flag use_ice_lite:flag interfaces:map ips:map enable_loopback_candidate:flag"
        " use_mdns:flag external_ip_only:flag batch_io:map sctp_min_cwnd:whole sctp_fast_rtx_wnd:whole"
        " sctp_cwnd_ca_step:whole host_acceptance_min_wait:time srflx_acceptance_min_wait:time"
        " prflx_acceptance_min_wait:time relay_acceptance_min_wait:time force_tcp:flag turn_servers:list"
        " enable_warp:flag strict_acks:flag packet_buffer_size:whole packet_buffer_size_video:whole"
        " packet_buffer_size_audio:whole pli_throttle:map rtx_budget:map congestion_control:map flexfec:map"
        " allow_tcp_fallback:flag tcp_fallback_rtt_threshold:whole allow_udp_unstable_fallback:flag"
        " reconnect_on_publication_error:flag reconnect_on_subscription_error:flag"
        " reconnect_on_data_channel_error:flag data_channel_max_buffered_amount:count"
        " datachannel_slow_threshold:whole datachannel_lossy_target_latency:time"
        " datachannel_data_track_target_latency:time forward_stats:map enable_rtp_stream_restart_detection:flag"
    ),
    "rtc.batch_io": "batch_size:whole max_flush_interval:time",
    "rtc.congestion_control": (
        "enabled:flag allow_pause:flag stream_allocator:map remote_bwe:any use_send_side_bwe_interceptor:flag"
        " use_send_side_bwe:flag send_side_bwe_pacer send_side_bwe:any nack_ratio_attenuator:number"
        " expected_usage_threshold:number send_side_bandwidth_estimation:flag probe_mode"
        " min_channel_capacity:whole probe_config:any channel_observer_probe_config:any"
        " channel_observer_non_probe_config:any disable_etimation_unmanaged_tracks:flag"
    ),
    "rtc.congestion_control.stream_allocator": (
        "min_channel_capacity:whole disable_etimation_unmanaged_tracks:flag probe_mode probe_overage_pct:whole"
        " probe_min_bps:whole paused_min_wait:time"
    ),
    "rtc.flexfec": "upstream_enabled:flag",
    "rtc.forward_stats": "summary_interval:time report_interval:time report_window:time",
    "rtc.interfaces": "includes:list excludes:list",
    "rtc.ips": "includes:list excludes:list",
    "rtc.pli_throttle": "low_quality:time mid_quality:time high_quality:time",
    "rtc.rtx_budget": "audio:map video:map",
    "rtc.rtx_budget.audio": "max_ratio:number burst_bytes:whole",
    "rtc.rtx_budget.video": "max_ratio:number burst_bytes:whole",
    "rtc.turn_servers": "host port:whole protocol username credential credentials_file secret secret_file ttl:whole",
    "signal_relay": (
        "retry_timeout:time min_retry_interval:time max_retry_interval:time stream_buffer_size:whole"
        " connect_attempts:whole"
    ),
    "sip": "",
    "trace": "jaeger_url",
    "turn": (
        "enabled:flag domain cert_file key_file tls_port:whole udp_port:whole relay_range_start:count"
        " relay_range_end:count external_tls:flag bind_addresses:list proxy_protocol:flag"
        " proxy_protocol_trusted_cidrs:list per_user_relay_allocation_limit:whole ttl_seconds:whole"
        " allow_restricted_peer_cidrs:list deny_peer_cidrs:list"
    ),
    "video": "dynacast_pause_delay:time stream_tracker_manager:any codec_regression_threshold:whole stream_tracker:any",
    "webhook": "urls:list api_key url_notifier:map resource_url_notifier:map filter_params:map",
    "webhook.filter_params": "include_events:list exclude_events:list",
    "webhook.resource_url_notifier": "max_age:time max_depth:whole",
    "webhook.url_notifier": "num_workers:whole queue_size:whole",
    "webtransport": "port:count tls_cert_file tls_key_file",
}

_NOT_GENERATED = ("LIVEKIT_CONFIG", "LIVEKIT_KEYS", "LIVEKIT_REGION", "LIVEKIT_TURN_CERT", "LIVEKIT_TURN_KEY")
"""Variables of flags that cmd/server/main.go declares itself."""

SERVER: Schema = schema(_TABLE)


def reads(variable: str) -> bool:
    """Whether the server reads a variable that begins with LIVEKIT_.

    For every setting of one value it makes an option and a variable: `rtc.tcp_port` is LIVEKIT_RTC_TCP_PORT.
    """
    if variable in _NOT_GENERATED:
        return True
    return any(
        variable == _variable(path, name) or (kind == "any" and variable.startswith(f"{_variable(path, name)}_"))
        for path, settings in SERVER.items()
        for name, kind in settings.items()
        if kind not in ("list", "map")
    )


def _variable(path: str, name: str) -> str:
    return f"LIVEKIT_{path}_{name}".replace(".", "_").upper() if path else f"LIVEKIT_{name}".upper()
