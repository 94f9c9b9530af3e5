import { hostRule } from '../../test-host-rule.ts';
import { certificateOnDiskExpiring } from './certificate-on-disk-expiring.ts';

const certificate = (days: number, usedBy = ['nginx']) => ({
  path: '/etc/ssl/shop.pem',
  usedBy,
  names: ['shop.example.org'],
  issuer: 'x',
  from: '2026-01-01T00:00:00Z',
  until: '2026-03-06T00:00:00Z',
  days,
  isSelfSigned: false,
});

hostRule(
  certificateOnDiskExpiring,
  'certificates',
  [
    ['in five days', { certificates: [certificate(5)] }, ['/etc/ssl/shop.pem high']],
    ['in two weeks', { certificates: [certificate(14)] }, ['/etc/ssl/shop.pem medium']],
    ['expired', { certificates: [certificate(-1)] }, ['/etc/ssl/shop.pem critical']],
  ],
  [{ certificates: [certificate(60)] }],
);
